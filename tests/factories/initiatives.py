"""Programmes and campaigns for tests: the smallest that can be published."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from consultations.initiatives.models import (
    CampaignPage,
    InitiativeIndexPage,
    InitiativeIndicator,
    InitiativeLine,
    InitiativePage,
    InitiativePartner,
    InitiativeReading,
    ProgrammePage,
    ServedCommitment,
)
from consultations.roadmap.models import Commitment
from tests.factories.cities import city_pair
from tests.factories.pages import add_page, in_languages, make_site
from tests.factories.roadmap import in_every_language

TODAY = timezone.now().date()


def make_list() -> InitiativeIndexPage:
    """The list of programmes and campaigns, made once, at /en/programmes/ and /es/programas/."""
    found = InitiativeIndexPage.objects.first()
    if found is not None:
        return found
    slugs = in_languages("local_slug", en="programmes", es="programas")
    titles = in_languages("title", en="Programmes", es="Programas")
    return add_page(make_site(), InitiativeIndexPage, **titles, **slugs, slug="programmes")


def make_programme(*served: Commitment, **fields: Any) -> ProgrammePage:
    """A published incubator of both cities that began a year ago and serves these promises."""
    city_pair()
    values = {"title": "One incubator", "kind": "incubator", "slug": "incubator"}
    starts_on = TODAY - timedelta(days=365)
    page = add_page(make_list(), ProgrammePage, **{**values, "starts_on": starts_on, **fields})
    for number, promise in enumerate(served):
        ServedCommitment.objects.create(page=page, commitment=promise, sort_order=number)
    return page


def make_campaign(**fields: Any) -> CampaignPage:
    """A published campaign for tourism that began a month ago and lasts another."""
    city_pair()
    month = timedelta(days=30)
    values = {"title": "Two harbours", "kind": "tourism_campaign", "slug": "two-harbours"}
    period = {"starts_on": TODAY - month, "ends_on": TODAY + month}
    return add_page(make_list(), CampaignPage, **{**values, **period, **fields})


def add_line(page: InitiativePage, **fields: Any) -> InitiativeLine:
    """A line that Alder Bay pays, with 100 planned."""
    values = {"city": city_pair()[0], "planned": Decimal(100)}
    words = in_every_language(what=fields.pop("what", "Desks"))
    return InitiativeLine.objects.create(page=page, **{**values, **words, **fields})


def add_indicator(page: InitiativePage, *readings: date, **fields: Any) -> InitiativeIndicator:
    """New firms, measured by Alder Bay on these days: one, two, three."""
    words = in_every_language(what="New firms", unit="firms", method="From the register.")
    indicator = InitiativeIndicator.objects.create(page=page, **{**words, **fields})
    for value, day in enumerate(readings, 1):
        InitiativeReading.objects.create(
            indicator=indicator, read_on=day, value=value, city=city_pair()[0]
        )
    return indicator


def add_partner(page: InitiativePage, organisation: str = "", **fields: Any) -> InitiativePartner:
    """A city, or an organisation, that lends a room."""
    words = in_every_language(organisation=organisation, part="Lends a room.")
    return InitiativePartner.objects.create(page=page, **{**words, **fields})
