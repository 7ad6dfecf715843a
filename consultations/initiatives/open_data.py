"""Programmes and campaigns as open data, with what they cost and what was measured."""

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from consultations.initiatives.enums import InitiativeKind
from consultations.initiatives.models import (
    InitiativeIndicator,
    InitiativeLine,
    InitiativePage,
    InitiativeReading,
    ProgrammePage,
    ServedCommitment,
)
from consultations.roadmap.delivery.open_data import (
    indicator_cells,
    indicator_columns,
    money_cells,
    money_columns,
    numbered,
    reading_columns,
    reading_rows,
)
from consultations.roadmap.models import Commitment
from partnership.pages.languages import field_names
from partnership.tables.columns import AT_A_TIME, Column, Row, Table, columns_in_every_language
from partnership.tables.writing import as_csv, as_json

NUMBER = Column("initiative", _("number of the programme or campaign"), "integer")


def table_as_csv(name: str) -> Iterator[bytes]:
    """One of the tables, in every language; nothing in it is personal."""
    return as_csv(TABLES[name]())


def everything_as_json() -> Iterator[bytes]:
    """All tables in one document."""
    return as_json({"about": "initiatives"}, [table() for table in TABLES.values()])


def initiatives_table(ran_in: int | None = None) -> Table:
    """Every public programme and campaign; a promise it serves is told by year and number.

    With ``ran_in`` those that ran on a day of that year.
    """
    columns = (
        NUMBER,
        Column("kind", _("kind"), values=tuple(InitiativeKind.choices)),
        *columns_in_every_language("title", _("title")),
        *columns_in_every_language("summary", _("summary")),
        Column("cities", _("cities")),
        Column("starts_on", _("first day"), "date"),
        Column("ends_on", _("last day"), "date"),
        Column("intake_opens_at", _("intake opens at"), "datetime"),
        Column("intake_closes_at", _("intake closes at"), "datetime"),
        Column("serves", _("commitments it serves")),
    )
    return Table("initiatives", columns, lambda: _initiatives(ran_in))


def _initiatives(ran_in: int | None) -> Iterator[Row]:
    promises = Prefetch("commitment", queryset=Commitment.objects.public())
    served = ServedCommitment.objects.filter(
        commitment__in=Commitment.objects.public().values("pk")
    )
    found = (
        _public()
        .select_related("programmepage")
        .prefetch_related("cities", Prefetch("served", queryset=served.prefetch_related(promises)))
    )
    if ran_in is not None:
        found = found.ran_in(ran_in)
    for page in found.iterator(chunk_size=AT_A_TIME):
        programme = getattr(page, "programmepage", None)
        yield (
            page.pk,
            page.kind,
            *(getattr(page, name) or "" for name in field_names("title")),
            *(getattr(page, name) or "" for name in field_names("summary")),
            "|".join(city.code for city in page.cities.all()),
            str(page.starts_on),
            str(page.ends_on or ""),
            *(_instant(programme, name) for name in ("intake_opens_at", "intake_closes_at")),
            "|".join(_named(each.commitment) for each in page.served.all()),
        )


def _instant(programme: ProgrammePage | None, name: str) -> str:
    """When, in universal time; nothing for a campaign."""
    instant = getattr(programme, name, None)
    return instant.astimezone(UTC).isoformat() if instant else ""


def _public() -> Any:
    return InitiativePage.objects.published().order_by("starts_on", "pk")


def _named(promise: Commitment) -> str:
    return f"{promise.roadmap.year}-{promise.number}"


def money_table() -> Table:
    """Every budget line, in its own money and in the other one, with the promise it is for."""
    columns = (NUMBER, *money_columns(), Column("serves", _("for the commitment")))
    return Table("money", columns, _money)


def _money() -> Iterator[Row]:
    promises = {one.pk: _named(one) for one in Commitment.objects.public()}
    for line in _in_order(InitiativeLine.objects.select_related("city")):
        yield (line.page_id, *money_cells(line), promises.get(line.serves_id or 0, ""))


def indicators_table() -> Table:
    """What is measured; its number is its place among those of its page."""
    return Table("indicators", (NUMBER, *indicator_columns()), _indicators)


def _indicators() -> Iterator[Row]:
    for number, place, each in _numbered():
        yield (number, *indicator_cells(place, each))


def _numbered() -> Iterator[tuple[int, int, Any]]:
    return numbered(_in_order(InitiativeIndicator.objects.all()), lambda each: each.page_id)


def _in_order(rows: Any) -> Iterable[Any]:
    """The rows of public pages, in the order of the pages."""
    return rows.filter(page__in=_public().values("pk")).order_by(
        "page__starts_on", "page_id", "sort_order", "pk"
    )


def readings_table() -> Table:
    """What was measured."""
    return Table("readings", (NUMBER, *reading_columns()), _readings)


def _readings() -> Iterator[Row]:
    return reading_rows(InitiativeReading.objects, _numbered())


TABLES = {
    "initiatives": initiatives_table,
    "money": money_table,
    "indicators": indicators_table,
    "readings": readings_table,
}
