"""The commitments of a year as open data."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from partnership.pages.languages import field_names
from partnership.tables.columns import Column, Row, Table, columns_in_every_language
from partnership.tables.writing import as_csv

if TYPE_CHECKING:
    from datetime import date

    from consultations.roadmap.models import RoadmapPage


def commitments_as_csv(roadmap: "RoadmapPage", today: "date") -> Iterator[bytes]:
    """Every commitment of the year, in every language; nothing in it is personal."""
    columns = (
        Column("number", _("number")),
        *columns_in_every_language("title", _("commitment")),
        *columns_in_every_language("description", _("description")),
        *columns_in_every_language("theme", _("theme")),
        Column("led_by", _("led by")),
        Column("state", _("state")),
        Column("due_on", _("due on")),
        Column("original_due_on", _("first due on")),
        Column("finished_on", _("finished on")),
        Column("planned", _("money planned")),
        Column("spent", _("money spent")),
        Column("currency", _("currency")),
        Column("evidence", _("links to evidence")),
        Column("changes", _("changes signed by every city")),
    )
    return as_csv(Table("commitments", columns, lambda: _rows(roadmap, today)))


def _rows(roadmap: "RoadmapPage", today: "date") -> Iterator[Row]:
    words = [name for field in ("title", "description", "theme") for name in field_names(field)]
    commitments = roadmap.commitments.with_state(today).with_evidence().with_changes()
    for entry in commitments.order_by("number"):
        yield (
            entry.number,
            *(getattr(entry, name) or "" for name in words),
            "|".join(city.code for city in entry.led_by.all()),
            entry.state,
            entry.due_on,
            entry.original_due_on,
            entry.finished_on,
            entry.planned,
            entry.spent,
            entry.currency,
            len(entry.evidence.all()),
            len(entry.promise_changes.all()),
        )
