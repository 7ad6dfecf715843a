"""Disagreements for tests: of both cities, raised by Alder Bay, on the usual way."""

from datetime import date, timedelta
from typing import Any

from home.committees.models import ContactsPage, PathwayStage
from home.disputes.groups import ensure_groups
from home.disputes.models import Dispute, DisputeStep
from home.disputes.services import begin
from partnership.cities.models import City
from partnership.pages.languages import CODES
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.committees import days_ago, make_contacts_page
from tests.factories.groups import make_groups
from tests.factories.home import in_every_language
from tests.factories.official import editor_of as signer_of

WAY = {"talk": 14, "committee": 30, "mediator": 45, "review": 180}


def editor_of(*cities: City, **fields: Any) -> Resident:
    """Somebody who keeps the disagreements of these cities, and signs."""
    editor = signer_of(*cities, **fields)
    make_groups(ensure_groups, last="add_dispute")
    return editor


def agree_on_a_way(**days: int) -> ContactsPage:
    """The page of contacts with the steps of a disagreement; the four usual ones unless told."""
    page = ContactsPage.objects.first() or make_contacts_page()
    for number, (kind, most) in enumerate((days or WAY).items()):
        PathwayStage.objects.create(page=page, kind=kind, days=most, sort_order=number)
    return page


def make_dispute(title: str = "Who pays the bus", **fields: Any) -> Dispute:
    """One of which readers are told everything, raised today."""
    if not PathwayStage.objects.exists():
        agree_on_a_way()
    cities = fields.pop("cities", None) or city_pair()
    values = {
        "raised_by": cities[0],
        "confidentiality": "open",
        **in_every_language("title", title),
        **in_every_language("matter", "Alder Bay paid twice."),
    }
    dispute = Dispute.objects.create(**{**values, **fields})
    dispute.cities.set(cities)
    begin(dispute)
    return Dispute.objects.get(pk=dispute.pk)


def step_of(dispute: Dispute) -> DisputeStep:
    """The step it is at, as stored now."""
    return dispute.steps.get(left_at=None)


def due(dispute: Dispute, day: date) -> None:
    """Let the last day of its step be this one, as if it had been entered long before."""
    step_of(dispute)  # there is one
    dispute.steps.filter(left_at=None).update(entered_on=day - timedelta(days=14), deadline=day)


def words(text: str = "Both pay half.") -> dict[str, str]:
    """The same words in every language."""
    return dict.fromkeys(CODES, text)


LONG_AGO = days_ago(60)
