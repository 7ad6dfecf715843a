"""The checklists of a year's drills: what was to do, by which office, and when it was done."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from events.drills.models import DrillItem
from events.models import EventPage
from home.archive.exports.cells import AT_A_TIME, codes, utc, words
from partnership.tables.columns import Column, Row, Table, columns_in_every_language

COLUMNS = (
    Column("drill", _("number of the drill among the events"), "integer"),
    Column("cities", _("cities; all where none is named")),
    Column("number", _("number on the checklist"), "integer"),
    *columns_in_every_language("text", _("what to do")),
    *columns_in_every_language("role", _("who does it")),
    Column("done_at", _("done at"), "datetime"),
)


def checklists_table(since: datetime, until: datetime) -> Table:
    """Every item of the public drills that began then; who ticked it is no part of it."""
    return Table("checklists", COLUMNS, lambda: _rows(since, until), _("Checklists of drills"))


def _rows(since: datetime, until: datetime) -> Iterator[Row]:
    held = EventPage.objects.public_events().filter(starts_at__gte=since, starts_at__lt=until)
    found = DrillItem.objects.filter(drill__in=held.order_by().values("pk"))
    in_order = found.order_by("drill__starts_at", "drill", "number").select_related("drill")
    for each in in_order.prefetch_related("drill__cities").iterator(chunk_size=AT_A_TIME):
        yield (
            each.drill_id,
            codes(each.drill.cities),
            each.number,
            *words(each, "text", "role"),
            utc(each.done_at),
        )
