"""Money, indicators, readings and milestones of a year as open data."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.roadmap.delivery.models import (
    Cost,
    Indicator,
    Measure,
    Milestone,
    Reading,
    cost_lines,
)
from partnership.pages.languages import field_names
from partnership.tables.columns import Column, Row, Table, columns_in_every_language

if TYPE_CHECKING:
    from consultations.roadmap.models import RoadmapPage

NUMBER = Column("commitment", _("number of the commitment"), "integer")


def money_table(roadmap: "RoadmapPage", today: date) -> Table:
    """Every budget line, and amounts that no city has as its own, in both moneys.

    The sums of its columns are those of the pages, to the cent.
    """
    return Table("money", (NUMBER, *money_columns()), lambda: _money(roadmap))


def money_columns() -> tuple[Column, ...]:
    """The columns of ``money_cells``."""
    return (
        *columns_in_every_language("what", _("what for")),
        Column("city", _("city that pays")),
        Column("currency", _("currency")),
        Column("planned", pgettext_lazy("money", "planned")),
        Column("committed", _("committed")),
        Column("spent", _("spent")),
        Column("rate_currency", _("other currency")),
        Column("exchange_rate", _("exchange rate")),
        Column("rate_on", _("day of the rate"), "date"),
        Column("rate_source", _("source of the rate")),
        Column("planned_converted", _("planned, in the other currency")),
        Column("committed_converted", _("committed, in the other currency")),
        Column("spent_converted", _("spent, in the other currency")),
        Column("procurement_reference", _("procurement reference")),
    )


def _money(roadmap: "RoadmapPage") -> Iterator[Row]:
    for commitment in roadmap.commitments.with_money().order_by("number"):
        for line in cost_lines(commitment):
            yield (commitment.number, *money_cells(line))


def money_cells(line: Cost) -> Row:
    """One line, in its own money and in the other one where a rate leads there."""
    rate = line.exchange_rate if line.rate_currency else None
    other = line.amounts_in(line.rate_currency) if rate else None
    return (
        *_words(line, "what"),
        line.city.code if line.city_id else "",
        line.currency,
        *(f"{amount:.2f}" for amount in line.amounts),
        line.rate_currency if rate else "",
        _text(rate and rate.normalize()),
        _text(line.rate_on),
        line.rate_source,
        *(f"{amount:.2f}" for amount in other or ()),
        *([""] * (0 if other else 3)),
        line.procurement_reference,
    )


def indicators_table(roadmap: "RoadmapPage", today: date) -> Table:
    """What is measured; its number is its place among those of its commitment."""
    return Table("indicators", (NUMBER, *indicator_columns()), lambda: _indicators(roadmap))


def indicator_columns() -> tuple[Column, ...]:
    """The columns of ``indicator_cells``."""
    return (
        Column("indicator", _("number of the indicator"), "integer"),
        *columns_in_every_language("what", _("what is measured")),
        *columns_in_every_language("unit", _("unit")),
        *columns_in_every_language("method", _("how it is measured")),
        Column("baseline", _("before"), "number"),
        Column("target", _("target"), "number"),
    )


def indicator_cells(place: int, each: Measure) -> Row:
    """An indicator and its place among those of the same thing."""
    words = (*_words(each, "what"), *_words(each, "unit"), *_words(each, "method"))
    return (place, *words, _figure(each.baseline), _figure(each.target))


def _indicators(roadmap: "RoadmapPage") -> Iterator[Row]:
    for number, place, each in _numbered(roadmap):
        yield (number, *indicator_cells(place, each))


def _numbered(roadmap: "RoadmapPage") -> Iterator[tuple[int, int, Indicator]]:
    own = Indicator.objects.filter(commitment__roadmap=roadmap).select_related("commitment")
    in_order = own.order_by("commitment__number", "sort_order", "pk")
    return numbered(in_order, lambda each: each.commitment.number)


def numbered(
    in_order: Iterable[Any], number_of: Callable[[Any], int]
) -> Iterator[tuple[int, int, Any]]:
    """Every indicator after the number of what it belongs to, and its place among those of it."""
    places: dict[int, int] = {}
    for each in in_order:
        number = number_of(each)
        places[number] = places.get(number, 0) + 1
        yield number, places[number], each


def readings_table(roadmap: "RoadmapPage", today: date) -> Table:
    """What was measured."""
    return Table("readings", (NUMBER, *reading_columns()), lambda: _readings(roadmap))


def reading_columns() -> tuple[Column, ...]:
    """The columns of ``reading_rows`` after the number of what was measured."""
    return (
        Column("indicator", _("number of the indicator"), "integer"),
        Column("read_on", _("day"), "date"),
        Column("value", _("value"), "number"),
        Column("city", _("city that measured")),
        *columns_in_every_language("source", _("source or note")),
    )


def _readings(roadmap: "RoadmapPage") -> Iterator[Row]:
    return reading_rows(Reading.objects, _numbered(roadmap))


def reading_rows(readings: Any, indicators: Iterable[tuple[int, int, Any]]) -> Iterator[Row]:
    """What was measured of these ``numbered`` indicators, in their order and by the day."""
    places = {each.pk: (number, place) for number, place, each in indicators}
    own = readings.filter(indicator__in=places).select_related("city")
    for each in sorted(own, key=lambda one: (*places[one.indicator_id], one.read_on, one.pk)):
        value = _figure(each.value)
        source = _words(each, "source")
        yield (*places[each.indicator_id], str(each.read_on), value, each.city.code, *source)


def milestones_table(roadmap: "RoadmapPage", today: date) -> Table:
    """Steps in each city, planned and reached; what is not reached lags until today."""
    columns = (
        NUMBER,
        *columns_in_every_language("what", _("milestone")),
        Column("city", _("city")),
        Column("planned_on", _("planned for"), "date"),
        Column("reached_on", _("reached on"), "date"),
        Column("lag_days", _("lag in days"), "integer"),
    )
    return Table("milestones", columns, lambda: _milestones(roadmap, today))


def _milestones(roadmap: "RoadmapPage", today: date) -> Iterator[Row]:
    for each in Milestone.objects.of(roadmap):
        days = (str(each.planned_on), _text(each.reached_on), each.lag_on(today))
        yield (each.commitment.number, *_words(each, "what"), each.city.code, *days)


def _words(thing: Any, name: str) -> list[str]:
    return [getattr(thing, column) or "" for column in field_names(name)]


def _text(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value or "")


def _figure(value: Decimal | None) -> float | None:
    """A number stays one, so that one below nothing is no formula either."""
    return None if value is None else float(value)


TABLES = {
    "money": money_table,
    "indicators": indicators_table,
    "readings": readings_table,
    "milestones": milestones_table,
}
