"""What is promised, written down so that it can be signed, compared and put into effect.

Days are ISO dates, money has two decimals, cities are codes and texts are by language.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from consultations.roadmap.promises.enums import PROGRESS
from partnership.pages.languages import CODES, localized

if TYPE_CHECKING:
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
    "title": _("title"),
    "description": _("description"),
}
DAYS = ("due_on", "finished_on")
TEXTS = ("title", "description")
#: These are signed together: one means nothing without the other.
TOGETHER = (("status", "finished_on"), ("planned", "currency"))
ALWAYS_PROMISED = ("due_on", "led_by", "planned", "currency")


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
    if value is None:
        return None
    if name in DAYS:
        return value.isoformat()
    return f"{value:.2f}" if name == "planned" else str(value)


def what_must_be_signed(before: Values, after: Values, *, is_small_change: bool) -> list[str]:
    """Return the names of what makes it another promise; none where it only makes progress.

    A small change corrects words, which promises nothing else.
    """
    differing = {name for name in NAMES if before[name] != after[name]}
    asked = differing & {*ALWAYS_PROMISED}
    if "status" in differing and not _is_progress(before["status"], after["status"]):
        asked.add("status")
    if not is_small_change:
        asked |= differing & {*TEXTS}
    for names in TOGETHER:
        if asked & {*names}:
            asked |= {*names}
    return [name for name in NAMES if name in asked]


def _is_progress(before: str, after: str) -> bool:
    start, end = PROGRESS
    return before in start and after in end


def put(commitment: "Commitment", values: Values) -> None:
    """Give the commitment these values, unsaved; who leads it is a relation and left alone."""
    for name, value in values.items():
        if name in TEXTS:
            for code, words in value.items():
                setattr(commitment, localized(name, code), words)
        elif name != "led_by":
            setattr(commitment, name, _read(name, value))


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DAYS:
        return date.fromisoformat(value)
    return Decimal(value) if name == "planned" else value
