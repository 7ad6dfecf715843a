"""What a version of a protocol says that the one before did not: step by step, word by word."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from home.protocols.models import ProtocolVersion
from partnership.pages.comparing import Row, cell_of
from partnership.pages.languages import CODES
from partnership.pages.wording import parts
from partnership.pages.wording.parts import Difference, Part, ReadDifference, texts_of

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


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Return what differs between two versions that were ``written``."""
    return parts.differences(parts_of(before), parts_of(after))


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


def to_read(before: dict[str, Any], after: dict[str, Any]) -> list[ReadDifference]:
    """Return the differences that somebody sees who reads the active language."""
    return parts.to_read(parts_of(before), parts_of(after), label_of=label_of)
