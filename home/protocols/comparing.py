"""What a version of a protocol says that the one before did not: step by step, word by word."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from home.protocols.models import ProtocolVersion
from partnership.pages.comparing import Row, cell_of
from partnership.pages.languages import CODES, active, localized
from partnership.pages.wording.differences import Change, changes

Texts = dict[str, str]
MUTUAL_AID = ("who_may_ask", "what_is_offered", "cost_rule")
OF_A_STEP = ("what", "who", "when")


def written(version: ProtocolVersion) -> dict[str, Any]:
    """Return what the version says, in every language, so that it can be signed and compared."""
    return {
        "steps": [
            {"key": str(step.key), **{name: texts_of(step, name) for name in OF_A_STEP}}
            for step in version.steps.all()
        ],
        **{name: texts_of(version, name) for name in MUTUAL_AID},
        "legal_bases": [
            {"city": basis.city.code, "text": texts_of(basis, "text"), "url": basis.url}
            for basis in version.legal_bases.all()
        ],
    }


def texts_of(thing: Any, name: str) -> Texts:
    """Return a text of the thing in every language."""
    return {code: getattr(thing, localized(name, code)) or "" for code in CODES}


@dataclass(frozen=True)
class Part:
    """One step, or another thing a version says; known again by its key."""

    key: str
    label: str
    texts: dict[str, Texts]


def parts_of(said: dict[str, Any]) -> list[Part]:
    """Return what was ``written``, part by part, with the labels in the active language."""
    steps = [
        Part(
            step["key"],
            _("Step %(number)s") % {"number": number},
            {name: step[name] for name in OF_A_STEP},
        )
        for number, step in enumerate(said["steps"], 1)
    ]
    about = [Part(name, label_of(name), {name: said[name]}) for name in MUTUAL_AID]
    laws = [
        Part(
            f"legal:{basis['city']}",
            capfirst(_("legal basis")),
            {"text": basis["text"], "url": dict.fromkeys(CODES, basis["url"])},
        )
        for basis in said["legal_bases"]
    ]
    return [*steps, *about, *laws]


def label_of(name: str) -> str:
    """Return what a text is called in the active language."""
    labels = {
        "what": _("what is done"),
        "who": _("who does it"),
        "when": _("when"),
        "who_may_ask": _("who may ask"),
        "what_is_offered": _("what is offered"),
        "cost_rule": _("who pays"),
        "text": _("legal basis"),
        "url": _("address"),
    }
    return capfirst(labels[name])


@dataclass(frozen=True)
class Difference:
    """What became of one part; ``was`` is None where it is new, ``now`` where it is gone."""

    event: str
    was: Part | None
    now: Part | None

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


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Return what differs between two versions, in the order of the later one, then what is gone.

    A step has moved when others that both versions have stand before it now.
    """
    was = {part.key: part for part in parts_of(before)}
    now = {part.key: part for part in parts_of(after)}
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


# For those who sign, and for those who read ------------------------------------------------


def rows_to_sign(before: dict[str, Any] | None, after: dict[str, Any]) -> list[Row]:
    """Return the differences with a column for each language; all of it where nothing was."""
    nothing: dict[str, Any] = {"steps": [], "legal_bases": [], **{name: {} for name in MUTUAL_AID}}
    rows: list[Row] = []
    for each in differences(before or nothing, after):
        rows.append(Row(each.label, event=each.event if before else ""))
        for name, was, now in each.texts():
            rows.append(Row(label_of(name), [cell_of(now, was, code) for code in CODES]))
    return rows


@dataclass(frozen=True)
class ReadDifference:
    """A difference in the reader's language: its lines are a label and runs of words each."""

    event: str
    label: str
    lines: list[tuple[str, list[Change]]]


def to_read(before: dict[str, Any], after: dict[str, Any]) -> list[ReadDifference]:
    """Return the differences that somebody sees who reads the active language."""
    code = active()
    found = [
        ReadDifference(each.event, each.label, list(_lines(each, code)))
        for each in differences(before, after)
    ]
    return [each for each in found if each.lines or each.event == _("Moved")]


def _lines(difference: Difference, code: str) -> Iterator[tuple[str, list[Change]]]:
    for name, was, now in difference.texts():
        if was.get(code, "") != now.get(code, ""):
            yield label_of(name), changes(was.get(code, ""), now.get(code, ""))
