"""Decisions and contacts as the search finds them."""

from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from home.committees.models import Contact, ContactsPage, Decision
from partnership.pages.access import open_to_all
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import localized

PAGE = "page_"


def decisions(language: str) -> QuerySet:
    """What committees decided that every reader may see, the latest first."""
    return Decision.objects.public().annotate(words=words_in(localized("text", language)))


def tell_decision(decision: Decision) -> Told:
    """What was decided, by whom and when."""
    return Told(
        title=decision.text,
        url=decision.get_absolute_url(),
        within=decision.meeting.committee.title,
        day=decision.meeting.held_on,
    )


def contacts(language: str) -> QuerySet:
    """Contacts, once there is a page that every reader may see them on."""
    words = words_in(localized("role", language), "mailbox", "phone")
    path = localized("local_path", language)
    page = ContactsPage.objects.live().filter(open_to_all()).order_by()
    found = Contact.objects.annotate(
        words=words,
        **{f"{PAGE}{name}": Subquery(page.values(name)[:1]) for name in ("url_path", path)},
    )
    return (
        found.filter(page_url_path__isnull=False)
        .select_related("city")
        .order_by("city__position", "pk")
    )


def tell_contact(contact: Any) -> Told:
    """The office, and whose it is."""
    known = {name: value for name, value in vars(contact).items() if name.startswith(PAGE)}
    page = ContactsPage(**{name.removeprefix(PAGE): value for name, value in known.items()})
    return Told(
        title=contact.role,
        url=f"{page.get_url()}#{contact.anchor}",
        text=contact.mailbox,
        cities=(contact.city,),
        day=contact.confirmed_on,
    )


DECISIONS = Source(name="decisions", heading=_("Decisions"), rows=decisions, tell=tell_decision)
CONTACTS = Source(name="contacts", heading=_("Contacts"), rows=contacts, tell=tell_contact)
