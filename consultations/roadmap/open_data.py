"""The commitments of a year as open data, and everything about them in one document."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from consultations.roadmap.delivery.models import cost_lines
from consultations.roadmap.delivery.money import Total, totals
from consultations.roadmap.delivery.open_data import TABLES
from consultations.roadmap.enums import STATE_LABELS
from partnership.pages.languages import field_names
from partnership.tables.columns import Column, Row, Table, columns_in_every_language
from partnership.tables.writing import as_csv, as_json

if TYPE_CHECKING:
    from datetime import date

    from consultations.roadmap.models import Commitment, RoadmapPage


def table_as_csv(name: str, roadmap: "RoadmapPage", today: "date") -> Iterator[bytes] | None:
    """One table of the year, in every language; nothing in it is personal. None for no such."""
    make = ALL_TABLES.get(name)
    table = make(roadmap, today) if make else None
    return as_csv(table) if table else None


def roadmap_as_json(roadmap: "RoadmapPage", today: "date") -> Iterator[bytes]:
    """Every table of the year in one document."""
    about = {"roadmap": roadmap.year, "day": str(today)}
    tables = (table(roadmap, today) for table in ALL_TABLES.values())
    return as_json(about, [table for table in tables if table is not None])


def add_table(name: str, table: "Callable[[RoadmapPage, date], Table | None]") -> None:
    """Let a room add a table to the data of every year; it is None where there is none."""
    ALL_TABLES[name] = table


def commitments_table(roadmap: "RoadmapPage", today: "date") -> Table:
    """Every commitment of the year.

    What several lines cost is added up in one currency that all of them lead to, if there is one.
    """
    columns = (
        Column("number", _("number"), "integer"),
        *columns_in_every_language("title", _("commitment")),
        *columns_in_every_language("description", _("description")),
        *columns_in_every_language("theme", _("theme")),
        Column("led_by", _("led by")),
        Column("state", _("state"), values=tuple(STATE_LABELS.items())),
        Column("due_on", _("due on"), "date"),
        Column("original_due_on", _("first due on"), "date"),
        Column("finished_on", _("finished on"), "date"),
        Column("planned", _("money planned")),
        Column("spent", _("money spent")),
        Column("currency", _("currency")),
        *columns_in_every_language("not_measured", _("why it cannot be measured")),
        Column("evidence", _("links to evidence"), "integer"),
        Column("changes", _("changes signed by every city"), "integer"),
    )
    return Table("commitments", columns, lambda: _rows(roadmap, today))


def _rows(roadmap: "RoadmapPage", today: "date") -> Iterator[Row]:
    words = [name for field in ("title", "description", "theme") for name in field_names(field)]
    commitments = roadmap.commitments.with_state(today).with_evidence().with_leads()
    for entry in commitments.with_changes().with_money().order_by("number"):
        yield (
            entry.number,
            *(getattr(entry, name) or "" for name in words),
            "|".join(city.code for city in entry.led_by.all()),
            entry.state,
            *(
                str(day) if day else None
                for day in (entry.due_on, entry.original_due_on, entry.finished_on)
            ),
            *_money(entry),
            *(getattr(entry, name) or "" for name in field_names("not_measured")),
            len(entry.evidence.all()),
            len(entry.promise_changes.all()),
        )


def _money(commitment: "Commitment") -> tuple[str | None, str | None, str]:
    """Planned, spent and the currency; the commitment's own where all lines lead to it."""
    lines = list(commitment.budget_lines.all())
    if not lines:
        return _plain(commitment.planned), _plain(commitment.spent), commitment.currency
    whole = [total for total in totals(cost_lines(commitment)) if total.is_whole]

    def is_another(total: Total) -> bool:
        return total.currency != commitment.currency

    for total in sorted(whole, key=is_another):
        return _plain(total.amounts.planned), _plain(total.amounts.spent), total.currency
    return None, None, ""


def _plain(amount: Any) -> str | None:
    return None if amount is None else f"{amount:.2f}"


ALL_TABLES: "dict[str, Callable[[RoadmapPage, date], Table | None]]" = {
    "commitments": commitments_table,
    **TABLES,
}
