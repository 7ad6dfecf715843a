"""A change of a promise in words: from what to what, in the reader's language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.text import capfirst

from consultations.roadmap.enums import CommitmentStatus
from consultations.roadmap.promises.values import DAYS, LINES, NAMES, TEXTS, Values
from partnership.cities.models import City
from partnership.interface.templatetags.figures import money
from partnership.pages.wording.foreign import in_own_language

if TYPE_CHECKING:
    from consultations.roadmap.promises.models import PromiseChange

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was promised otherwise before."""

    label: str
    before: str
    after: str


def lines_of(change: "PromiseChange", cities: Iterable[City]) -> list[Told]:
    """Return what differs, texts in the reader's language only."""
    names = {city.code: city.name for city in cities}
    facts = list(facts_in(change.before, change.after, names))
    texts = [
        Told(label_of(name), in_own_language(change.before[name]), in_own_language(after))
        for name, after in change.after.items()
        if name in TEXTS
    ]
    return [*facts, *(text for text in texts if text.before != text.after)]


def facts_in(before: Values, after: Values, names: Mapping[str, str]) -> Iterator[Told]:
    """Yield what has no language and differs; ``names`` are those of the cities, by code."""
    for name in after:
        if name in TEXTS or name == "currency":  # the money says in which currency
            continue
        then, now = (_words(name, values, names) for values in (before, after))
        if then != now:
            yield Told(label_of(name), then, now)


def label_of(name: str) -> str:
    """What it is called in forms."""
    return capfirst(str(NAMES[name]))


def _words(name: str, values: Values, cities: Mapping[str, str]) -> str:
    value = values[name]
    if name == "planned":
        currency = values["currency"]
        return currency if value is None else money(Decimal(value), currency)
    if not value:
        return NOTHING
    if name == LINES:
        return "; ".join(_line_in_words(line, cities) for line in value)
    if name in DAYS:
        return date_format(date.fromisoformat(value))
    if name == "led_by":
        return ", ".join(cities.get(code, code) for code in value)
    return str(CommitmentStatus(value).label)


def _line_in_words(line: Values, cities: Mapping[str, str]) -> str:
    amount = money(Decimal(line["planned"]), line["currency"])
    city = cities.get(line["city"], line["city"])
    return f"{in_own_language(line['what'])}: {city}, {amount}"
