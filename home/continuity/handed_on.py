"""More of the handover pack: whom to write to, how to be reached, what holds, what may go wrong.

Of people it holds nobody: an office has a mailbox that stays when its holder changes.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.risks.enums import RiskKind
from consultations.risks.models import Risk
from home.alerts.models import Channel
from home.committees.models import Contact
from home.protocols.enums import ProtocolKind
from home.protocols.models import ProtocolVersion
from partnership.cities.models import City
from partnership.pages.languages import CODES, field_names, localized
from partnership.tables.columns import Column, Row, Table, columns_in_every_language


def contacts() -> QuerySet[Contact]:
    """Whom to write to in each city."""
    return Contact.objects.select_related("city").order_by("city__position", "pk")


def channels() -> QuerySet[Channel]:
    """The emergency channels in use, with their last test and the offices that answer."""
    return Channel.objects.used().with_last_test().prefetch_related("offices__city").order_by("pk")


def protocols(today: date) -> QuerySet[ProtocolVersion]:
    """The versions that are followed on this day, of protocols that are published."""
    found = ProtocolVersion.objects.in_force(today).filter(protocol__live=True)
    return found.select_related("protocol").order_by("protocol", "pk")


def open_risks() -> QuerySet[Risk]:
    """The risks that are still watched, the gravest first."""
    return Risk.objects.open().gravest_first().prefetch_related("cities")


def in_words(today: date) -> dict[str, Any]:
    """The same for the page to read."""
    return {
        "contacts": contacts(),
        "channels": channels(),
        "protocols": protocols(today),
        "risks": open_risks(),
    }


# The lists --------------------------------------------------------------------------------


def tables(city: Column, today: date) -> list[Table]:
    """Return the lists; ``city`` is the column that explains the codes of the cities."""
    tested_by = Column("tested_by", _("Tested by"), values=city.values)
    in_force = _("Protocols that are in force")
    return [
        Table("contacts", (city, *_CONTACTS), _contact_rows, _("Whom to write to")),
        Table("channels", (*_CHANNELS, tested_by), _channel_rows, _("Emergency channels")),
        Table("protocols", _PROTOCOLS, lambda: _protocol_rows(today), in_force),
        Table("risks", _RISKS, _risk_rows, _("Risks that are watched")),
    ]


_CONTACTS = (
    *columns_in_every_language("role", _("Role")),
    Column("mailbox", _("Mailbox of the office")),
    Column("phone", _("Telephone")),
    Column("confirmed_on", _("Last confirmed on"), "date"),
)
_CHANNELS = (
    *columns_in_every_language("purpose", _("What it is for")),
    *columns_in_every_language("primary_way", _("First way")),
    *columns_in_every_language("fallback_way", _("Way when that fails")),
    *columns_in_every_language("offices", _("Offices that answer for it")),
    Column("to_be_tested_on", _("To be tested by"), "date"),
    Column("last_tested_on", _("Last tested on"), "date"),
)
_PROTOCOLS = (
    Column("kind", _("Kind"), values=tuple(ProtocolKind.choices)),
    Column("version", _("Version"), "integer"),
    Column("in_force_from", _("In force from"), "date"),
    *columns_in_every_language("title", _("Title")),
    *columns_in_every_language("url", _("Address")),
)
_RISKS = (
    Column("number", _("Number"), "integer"),
    Column("kind", _("Kind"), values=tuple(RiskKind.choices)),
    Column("cities", _("Cities")),
    Column("score", _("Score without measures"), "integer"),
    Column("residual_score", _("Score with the measures"), "integer"),
    Column("review_by", _("Review by"), "date"),
    Column("is_published", _("Readers see it"), "boolean"),
    *columns_in_every_language("event", _("What may happen")),
)


def _texts(thing: Any, *names: str) -> list[str]:
    return [getattr(thing, column) or "" for name in names for column in field_names(name)]


def _contact_rows() -> Iterator[Row]:
    for one in contacts():
        reached = (one.mailbox, one.phone, one.confirmed_on)
        yield (one.city.code, *_texts(one, "role"), *reached)


def _channel_rows() -> Iterator[Row]:
    codes = dict(City.objects.values_list("pk", "code"))
    for one in channels():
        said = _texts(one, "purpose", "primary_way", "fallback_way")
        days = (one.to_be_tested_on, one.last_tested_on)
        yield (*said, *_offices(one), *days, codes.get(one.tested_by, ""))


def _offices(channel: Channel) -> list[str]:
    """Which office answers in which city, in every language."""
    offices = list(channel.offices.all())
    return [
        "|".join(f"{one.city.code}: {getattr(one, localized('office', code))}" for one in offices)
        for code in CODES
    ]


def _protocol_rows(today: date) -> Iterator[Row]:
    for one in protocols(today):
        page = one.protocol
        urls = [page.full_url_in(code) or "" for code in CODES]
        yield (page.kind, one.number, one.in_force_from, *_texts(page, "title"), *urls)


def _risk_rows() -> Iterator[Row]:
    for one in open_risks():
        cities = "|".join(city.code for city in one.cities.all())
        scores = (one.score, one.residual_score, one.review_by, one.is_published)
        yield (one.pk, one.kind, cities, *scores, *_texts(one, "event"))
