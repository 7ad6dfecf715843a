"""Committees, contacts and mediators for tests: the smallest valid ones."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from home.committees.models import (
    CommitteeIndexPage,
    CommitteePage,
    Contact,
    ContactsPage,
    Decision,
    Mediator,
    Meeting,
    Membership,
)
from tests.factories.cities import city_pair
from tests.factories.home import in_every_language
from tests.factories.pages import add_page, in_languages, make_site


def days_ago(days: int) -> date:
    """The day so many days before today; after it when less than nothing."""
    return timezone.localdate() - timedelta(days=days)


def make_committee(title: str = "Joint committee", **fields: Any) -> CommitteePage:
    """A published committee of all cities, on the list of committees."""
    index = CommitteeIndexPage.objects.first()
    if index is None:
        slugs = {"slug": "committees", **in_languages("local_slug", en="committees", es="comites")}
        index = add_page(make_site(), CommitteeIndexPage, title="Committees", **slugs)
    return add_page(index, CommitteePage, title=title, **fields)


def add_seat(committee: CommitteePage, **fields: Any) -> Membership:
    """A seat of Alder Bay, whose holder agreed to be named."""
    values = {
        "city": city_pair()[0],
        "role": "member",
        "name": "Rosa Hill",
        "consent_on": days_ago(400),
        "starts_on": days_ago(400),
    }
    return Membership.objects.create(committee=committee, **{**values, **fields})


def add_meeting(committee: CommitteePage, *decisions: str, **fields: Any) -> Meeting:
    """A meeting ten days ago, with these decisions."""
    meeting = Meeting.objects.create(committee=committee, **{"held_on": days_ago(10), **fields})
    for number, text in enumerate(decisions):
        add_decision(meeting, text, sort_order=number)
    return meeting


def add_decision(meeting: Meeting, text: str = "Two ramps are built.", **fields: Any) -> Decision:
    """A decision, the same words in every language."""
    words = in_every_language("text", text)
    return Decision.objects.create(meeting=meeting, **{**words, **fields})


def make_contacts_page(**fields: Any) -> ContactsPage:
    """The published page of contacts, at /en/contacts/ and /es/contactos/."""
    slugs = {"slug": "contacts", **in_languages("local_slug", en="contacts", es="contactos")}
    return add_page(make_site(), ContactsPage, title="Contacts", **{**slugs, **fields})


def make_contact(role: str = "School exchanges", **fields: Any) -> Contact:
    """An office of Alder Bay with two holders, confirmed today."""
    values = {
        "city": city_pair()[0],
        "mailbox": "schools@alderbay.example",
        "primary_name": "Prudence Primary",
        "deputy_name": "Desmond Deputy",
        **in_every_language("role", role),
    }
    return Contact.objects.create(**{**values, **fields})


def make_mediator(name: str = "Lucía Paz", **fields: Any) -> Mediator:
    """A mediator who agreed to be named, confirmed today."""
    values = {
        "consent_on": days_ago(30),
        **in_every_language("languages", "English, Spanish"),
        **in_every_language("neutrality", "I live in neither city."),
        **in_every_language("availability", "Two days a month"),
    }
    return Mediator.objects.create(name=name, **{**values, **fields})
