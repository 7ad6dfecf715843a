"""What a version says that the one before did not: part by part, word by word."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from partnership.pages.languages import CODES, active, localized
from partnership.pages.wording.differences import Change, changes

Texts = dict[str, str]


def texts_of(thing: Any, name: str) -> Texts:
    """Return a text of the thing in every language."""
    return {code: getattr(thing, localized(name, code)) or "" for code in CODES}


@dataclass(frozen=True)
class Part:
    """One step or paragraph, or another thing a version says; known again by its key."""

    key: str
    label: str
    texts: dict[str, Texts]


@dataclass(frozen=True)
class Difference:
    """What became of one part; ``was`` is None where it is new, ``now`` where it is gone."""

    event: str
    was: Part | None
    now: Part | None

    @property
    def key(self) -> str:
        """By which the part is known again."""
        part: Any = self.now or self.was
        return str(part.key)

    @property
    def label(self) -> str:
        """What it is called, and where it stood."""
        if self.now is None or self.was is None or self.was.label == self.now.label:
            part: Any = self.now or self.was
            return str(part.label)
        return _("%(now)s, before: %(was)s") % {"now": self.now.label, "was": self.was.label}

    def texts(self) -> Iterator[tuple[str, Texts, Texts]]:
        """Yield each text that differs: its name, what it was, what it is."""
        some: Any = self.now or self.was
        for name in some.texts:
            was = self.was.texts[name] if self.was else {}
            now = self.now.texts[name] if self.now else {}
            if was != now and (any(was.values()) or any(now.values())):
                yield name, was, now


def differences(before: Sequence[Part], after: Sequence[Part]) -> list[Difference]:
    """Return what differs between two versions, in the order of the later one, then what is gone.

    A part has moved when others that both versions have stand before it now.
    """
    was = {part.key: part for part in before}
    now = {part.key: part for part in after}
    old_order = [key for key in was if key in now]
    new_order = [key for key in now if key in was]
    found = [
        Difference(event, was.get(key), part)
        for key, part in now.items()
        if (event := _event(was.get(key), part, _place(old_order, key) != _place(new_order, key)))
    ]
    gone = [Difference(_("Removed"), part, None) for key, part in was.items() if key not in now]
    return [each for each in (*found, *gone) if each.event == _("Moved") or any(each.texts())]


def _event(was: Part | None, now: Part, has_moved: bool) -> str:
    if was is None:
        return _("Added")
    if was.texts != now.texts:
        return _("Changed")
    return _("Moved") if has_moved else ""


def _place(order: list[str], key: str) -> int:
    return order.index(key) if key in order else -1


@dataclass(frozen=True)
class ReadDifference:
    """A difference in the reader's language: its lines are a label and runs of words each."""

    key: str
    event: str
    label: str
    lines: list[tuple[str, list[Change]]]


def to_read(
    before: Sequence[Part], after: Sequence[Part], *, label_of: Callable[[str], str]
) -> list[ReadDifference]:
    """Return the differences that somebody sees who reads the active language."""
    code = active()
    found = [
        ReadDifference(each.key, each.event, each.label, list(_lines(each, code, label_of)))
        for each in differences(before, after)
    ]
    return [each for each in found if each.lines or each.event == _("Moved")]


def _lines(
    difference: Difference, code: str, label_of: Callable[[str], str]
) -> Iterator[tuple[str, list[Change]]]:
    for name, was, now in difference.texts():
        if was.get(code, "") != now.get(code, ""):
            yield label_of(name), changes(was.get(code, ""), now.get(code, ""))
