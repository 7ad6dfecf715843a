"""What is promised, written down so that it can be signed, compared and put into effect.

Days are ISO dates, money has two decimals, cities are codes and texts are by language. Of budget
lines what a city has to pay is promised; a line for which nothing is planned promises nothing.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from consultations.roadmap.promises.enums import PROGRESS
from partnership.pages.languages import CODES, localized

if TYPE_CHECKING:
    from consultations.roadmap.delivery.models import BudgetLine
    from consultations.roadmap.models import Commitment

Values = dict[str, Any]
Read = Callable[[str], Any]

#: What a promise is made of, by the words of its form.
NAMES = {
    "status": _("status"),
    "due_on": _("due on"),
    "finished_on": _("finished on"),
    "led_by": _("led by"),
    "planned": _("money planned"),
    "currency": _("currency"),
    "budget_lines": _("budget lines"),
    "title": _("title"),
    "description": _("description"),
}
DAYS = ("due_on", "finished_on")
TEXTS = ("title", "description")
LINES = "budget_lines"
#: Rows of their own: whoever puts values into effect sets them apart.
RELATIONS = ("led_by", LINES)
#: These are signed together: one means nothing without the other.
TOGETHER = (("status", "finished_on"), ("planned", "currency"))
ALWAYS_PROMISED = ("due_on", "led_by", "planned", "currency", LINES)


def values_in(read: Read, names: Iterable[str] = tuple(NAMES)) -> Values:
    """Return what ``read`` knows by these names: ``cleaned.get``, or an attribute."""
    return {name: _written(name, read) for name in names}


def values_of(commitment: "Commitment", names: Iterable[str] = tuple(NAMES)) -> Values:
    """Return what is promised as the commitment has it."""
    return values_in(lambda name: getattr(commitment, name), names)


def _written(name: str, read: Read) -> Any:
    if name in TEXTS:
        return {code: read(localized(name, code)) or "" for code in CODES}
    value = read(name)
    if name == "led_by":
        return sorted(city.code for city in value.all())
    if name == LINES:
        lines = value.select_related("city").order_by("pk")
        return [line_values(line) for line in lines if line.planned]
    if value is None:
        return None
    if name in DAYS:
        return value.isoformat()
    return f"{value:.2f}" if name == "planned" else str(value)


def line_values(line: "BudgetLine") -> Values:
    """Return what is promised by a budget line, which its number tells from the others."""
    return {
        "line": line.pk,
        "city": line.city.code,
        "currency": line.currency,
        "planned": f"{line.planned:.2f}",
        "what": {code: getattr(line, localized("what", code)) or "" for code in CODES},
    }


def what_must_be_signed(before: Values, after: Values, *, is_small_change: bool) -> list[str]:
    """Return the names of what makes it another promise; none where it only makes progress.

    A small change corrects words, which promises nothing else.
    """
    differing = {name for name in NAMES if before[name] != after[name]}
    asked = differing & {*ALWAYS_PROMISED}
    if is_small_change and _without_words(before[LINES]) == _without_words(after[LINES]):
        asked -= {LINES}
    if "status" in differing and not _is_progress(before["status"], after["status"]):
        asked.add("status")
    if not is_small_change:
        asked |= differing & {*TEXTS}
    for names in TOGETHER:
        if asked & {*names}:
            asked |= {*names}
    return [name for name in NAMES if name in asked]


def _without_words(lines: list[Values]) -> list[Values]:
    return [{key: value for key, value in line.items() if key != "what"} for line in lines]


def _is_progress(before: str, after: str) -> bool:
    start, end = PROGRESS
    return before in start and after in end


def put(commitment: "Commitment", values: Values) -> None:
    """Give the commitment these values, unsaved; its relations are left alone."""
    for name, value in values.items():
        if name in TEXTS:
            for code, words in value.items():
                setattr(commitment, localized(name, code), words)
        elif name not in RELATIONS:
            setattr(commitment, name, _read(name, value))


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DAYS:
        return date.fromisoformat(value)
    return Decimal(value) if name == "planned" else value
