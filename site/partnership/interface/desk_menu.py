"""The side menu of the editing screens: what belongs together stands under one entry.

A room names its entry ``"drawer.entry"``, and one of them says in its ``AppConfig.ready()`` what
the drawer is called::

    desk_menu.drawer("events", _("Events"), icon="calendar-alt", order=210)

Whoever sees only a few entries, as moderators and analysts do, has them in the menu as they are.
"""

from collections.abc import Iterator
from copy import copy
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

#: So many entries are read at a glance, and fit on the screen of a laptop beside Wagtail's own.
FIT = 10

_drawers: dict[str, dict[str, Any]] = {}


def drawer(name: str, label: Any, *, icon: str, order: int) -> None:
    """Have an entry with this label that all entries named ``"name.…"`` stand under."""
    _drawers[name] = {"label": label, "icon_name": icon, "order": order}


def gather(request: HttpRequest, entries: list[MenuItem]) -> None:
    """Put what belongs together under one entry, in place; few entries stay as they are."""
    if len(entries) <= FIT:
        return
    for name, looks in _drawers.items():
        found = [entry for entry in entries if entry.name.startswith(f"{name}.")]
        if len(found) > 1:
            entries[:] = [entry for entry in entries if entry not in found]
            inside = Menu(items=list(_side_by_side(request, found)))
            entries.append(SubmenuMenuItem(menu=inside, name=name, **looks))


def _side_by_side(request: HttpRequest, entries: list[MenuItem]) -> Iterator[MenuItem]:
    """The entries in their order, and in place of one that holds others, those."""
    places = 0
    for entry in sorted(entries, key=lambda each: each.order):
        own = getattr(entry, "menu", None)
        for each in own.menu_items_for_request(request) if own else [entry]:
            placed = copy(each)
            placed.order = places = places + 1
            yield placed
