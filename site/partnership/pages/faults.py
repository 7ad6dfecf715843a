"""What has to be mended in an editor's form: where each thing stands, with a link to its field.

A long form says it beside the field alone, which may stand under another tab or far below.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.text import capfirst

#: More than these nobody reads at the top; they are all beside their fields.
MOST = 12


class Fault(NamedTuple):
    """One field with a mistake: the tab it is under, how it is called, its id, what is said."""

    tab: str
    name: str
    link: str
    words: str


class Place(NamedTuple):
    """Where a field stands, and how it is called there."""

    tab: str
    heading: str | Promise


def faults_of(form: Any, edit_handler: Any) -> list[Fault]:
    """The faults of a form and of its rows, in the order in which they are kept."""
    return list(_all_faults(form, dict(_places(edit_handler)), below=""))


def _all_faults(form: Any, places: dict[str, Place], *, below: str) -> Iterator[Fault]:
    yield from _faults(form, places, below=below)
    for relation, formset in getattr(form, "formsets", {}).items():
        for row in formset.forms:
            yield from _all_faults(row, places, below=f"{below}{relation}.")


def _faults(form: Any, places: dict[str, Place], *, below: str) -> Iterator[Fault]:
    for name, errors in form.errors.items():
        if name not in form.fields:
            continue  # a mistake of the whole form, which is said by itself
        field = form[name]
        place = places.get(f"{below}{name}") or places.get(below) or Place("", "")
        called = str(place.heading or field.label or name)
        yield Fault(place.tab, capfirst(called), _id_of(field), " ".join(errors))


def _id_of(field: BoundField) -> str:
    return str(field.id_for_label or field.auto_id)


def _places(edit_handler: Any) -> Iterator[tuple[str, Place]]:
    for tab in getattr(edit_handler, "children", ()):
        yield from _below(tab, str(tab.heading), "")


def _below(panel: Any, tab: str, relation: str) -> Iterator[tuple[str, Place]]:
    if hasattr(panel, "field_name"):
        yield f"{relation}{panel.field_name}", Place(tab, panel.heading)
    if hasattr(panel, "relation_name"):
        relation = f"{relation}{panel.relation_name}."
        yield relation, Place(tab, "")
        yield from _below(panel.child_edit_handler, tab, relation)
    for child in getattr(panel, "children", ()):
        yield from _below(child, tab, relation)
