"""What readers see of how a promise is kept: sums of money, what was measured, the milestones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.roadmap.delivery.models import Cost, Measure, Milestone, cost_lines
from consultations.roadmap.delivery.money import Total, currencies_of, total_in, totals
from consultations.translations.detection import detect
from partnership.cities.models import City
from partnership.interface.templatetags.figures import cents_of, number, whole_money
from partnership.pages.languages import active, localized

if TYPE_CHECKING:
    from consultations.roadmap.models import Commitment


@dataclass(slots=True)
class Read:
    """One reading as a table shows it."""

    day: date
    value: Decimal
    city: City | None
    source: str


@dataclass(slots=True)
class Measured:
    """An indicator with its readings, the oldest first."""

    indicator: Measure
    readings: list[Read] = field(default_factory=list)

    @property
    def last(self) -> Read | None:
        """The newest reading."""
        return self.readings[-1] if self.readings else None

    @property
    def points(self) -> list[tuple[date, Decimal]]:
        """What was measured when, for a drawing; it says something from two readings on."""
        return [(each.day, each.value) for each in self.readings]

    @property
    def is_drawn(self) -> bool:
        """Whether there is a way from one reading to another."""
        return len(self.readings) > 1


def measured(rows: Iterable[Any], cities: Iterable[City]) -> list[Measured]:
    """Put the rows of ``with_each_reading()`` together again."""
    names = {city.pk: city for city in cities}
    found: dict[int, Measured] = {}
    for row in rows:
        each = found.setdefault(row.pk, Measured(row))
        if row.reading_on is not None:
            source = getattr(row, f"reading_{localized('source', active())}") or ""
            city = names.get(row.reading_city)
            each.readings.append(Read(row.reading_on, row.reading_value, city, source))
    return list(found.values())


def sums_of(commitment: "Commitment") -> list[Total]:
    """What a promise costs in every currency that counts all of it, else in each that it has.

    Nothing where no money was ever planned.
    """
    if commitment.planned is None and not commitment.budget_lines.all():
        return []
    found = totals(cost_lines(commitment))
    return [total for total in found if total.is_whole] or found


def at_a_glance(sums: Iterable[Total], currency: str) -> list[Total]:
    """The sum that a reader is told first, in this currency if there is one.

    What is whole says the same in every currency; what is not has a sum in each of them.
    """
    found = sorted(sums, key=lambda total: total.currency != currency)
    return found[:1] if all(total.is_whole for total in found) else found


def facts_of_money(commitments: Iterable["Commitment"], currency: str) -> list[dict[str, str]]:
    """What is spent of what is planned, in this currency, where rates allow that.

    Where they do not, every currency is added up by itself: two have no sum.
    """
    lines = [line for entry in commitments for line in cost_lines(entry)]
    found = totals(lines)
    is_whole = all(total.is_whole for total in found)
    if not is_whole:
        own = sorted({line.currency for line in lines})
        found = [total_in(each, [one for one in lines if one.currency == each]) for each in own]
    found = sorted(found, key=lambda total: total.currency != currency)
    told = found[:1] if is_whole else found
    others = found[1:] if is_whole else []
    return [_fact(total, others) for total in told if any(total.amounts)]


def _fact(total: Total, others: Sequence[Total]) -> dict[str, str]:
    """What is spent; the others are the same sum in other currencies."""
    planned, spent = (
        whole_money(amount, total.currency)
        for amount in (total.amounts.planned, total.amounts.spent)
    )
    if not total.amounts.planned:
        return {"figure": spent, "label": _("spent, with no sum planned")}
    if not others:
        return {"figure": spent, "label": _("spent of %(planned)s planned") % {"planned": planned}}
    words = _("spent of %(planned)s planned (the same as %(others)s)")
    same = get_text_list([_spent_of(other) for other in others], _("and"))
    return {"figure": spent, "label": words % {"planned": planned, "others": same}}


def _spent_of(total: Total) -> str:
    amounts = {"spent": total.amounts.spent, "planned": total.amounts.planned}
    return _("%(spent)s of %(planned)s") % {
        name: whole_money(amount, total.currency) for name, amount in amounts.items()
    }


# The page of a year ------------------------------------------------------------------------


def tables_of_money(lines: Sequence[Cost], cities: Iterable[City]) -> list[dict[str, Any]]:
    """For every currency what each city pays, what no city has as its own, and all together.

    Whoever pays nothing that counts in a currency has no row there: it did not pay nought.
    """
    payers: list[tuple[str, int | None]] = [(city.name, city.pk) for city in cities]
    payers.append((_("Not divided between the cities yet"), None))
    tables = []
    for currency in currencies_of(lines):
        rows, parts = [], []
        for name, key in payers:
            own = [line for line in lines if line.city_id == key]
            total = total_in(currency, own)
            if total.left_out < len(own):
                rows.append({"head": name, "total": total})
                parts.append(total)
        whole = total_in(currency, lines)
        cents = cents_of(each for total in (whole, *parts) for each in total.amounts)
        tables.append({"currency": currency, "rows": rows, "whole": whole, "cents": cents})
    return tables


def rates_of(lines: Iterable[Cost]) -> list[dict[str, Any]]:
    """The rates that were used, each once, the newest first."""
    keys = {
        (line.rate_on, line.currency, line.rate_currency, line.exchange_rate, line.rate_source)
        for line in lines
        if line.exchange_rate is not None and line.rate_currency
    }
    names = ("day", "currency", "into", "rate", "source")
    return [
        {
            **dict(zip(names, key, strict=True)),
            "rate": number(key[3], _decimals(key[3])),
            "language": detect(key[4]),  # it is typed once, in either; a name has none
        }
        for key in sorted(keys, reverse=True)
    ]


def _decimals(rate: Decimal | None) -> int:
    """As many as the rate has, two at least."""
    exponent = (rate or Decimal()).normalize().as_tuple().exponent
    return max(2, -int(exponent))


def milestone_rows(milestones: Iterable[Milestone], today: date) -> list[dict[str, Any]]:
    """Every milestone with its lag, in days and in words."""
    return [
        {"milestone": each, "lag": each.lag_on(today), "words": lag_in_words(each, today)}
        for each in milestones
    ]


def lag_in_words(milestone: Milestone, today: date) -> str:
    """When it was reached and how late or early, or how late it is."""
    lag = milestone.lag_on(today)
    if lag is None:
        return _("To come")
    if milestone.reached_on is None:
        return ngettext("%(days)d day late so far", "%(days)d days late so far", lag) % {
            "days": lag
        }
    said = {"day": date_format(milestone.reached_on), "days": abs(lag)}
    if lag == 0:
        return _("Reached on %(day)s, as planned") % said
    if lag < 0:
        words = ngettext(
            "Reached on %(day)s, %(days)d day early",
            "Reached on %(day)s, %(days)d days early",
            -lag,
        )
    else:
        words = ngettext(
            "Reached on %(day)s, %(days)d day late", "Reached on %(day)s, %(days)d days late", lag
        )
    return words % said


def lanes(
    milestones: Iterable[Milestone], cities: Iterable[City], year: int
) -> list[dict[str, Any]]:
    """Where the milestones of each city stand on one line of the year, in per cent."""
    known = list(milestones)
    found = []
    for city in cities:
        own = [each for each in known if each.city_id == city.pk]
        marks = [
            (share_of_year(each.planned_on, year), share_of_year(each.reached_on, year))
            for each in own
        ]
        found.append({"city": city, "marks": marks})
    return [lane for lane in found if lane["marks"]]


def share_of_year(day: date | None, year: int) -> float | None:
    """How far in the year a day is, in per cent; days of other years stand at its ends."""
    if day is None:
        return None
    first, last = date(year, 1, 1), date(year, 12, 31)
    return 100 * (min(max(day, first), last) - first).days / (last - first).days
