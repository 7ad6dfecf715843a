"""The floors of the house: one layer may import only those below it."""

from pathlib import Path

import pytest

from tests.workshop.house import import_name, imports, product_modules

FLOORS = {
    "enums": 0,
    "querysets": 1,
    "models": 2,
    "translation": 3,
    "mail": 3,
    "services": 4,
    "exports": 4,
    "forms": 5,
    "views": 6,
    "urls": 7,
    "wagtail_hooks": 7,
}
#: What puts the whole house together may look into every room; no room looks back at it.
ROOF = ("partnership.demo", "partnership.settings", "partnership.urls", "partnership.wsgi")
UPSTAIRS = ("home", "events", "consultations")


def floor(name: str) -> int | None:
    """Return the floor of a module or of a name in it; None when it stands on none.

    The innermost word counts: the views of the app ``consultations.exports`` are views.
    """
    for part in reversed(name.split(".")[1:]):
        if part in FLOORS:
            return FLOORS[part]
    return None


def inside(name: str, *rooms: str) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def ours(path: Path) -> list[str]:
    return sorted(name for name in imports(path) if inside(name, "partnership", *UPSTAIRS))


def walls() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [
        (("partnership",), UPSTAIRS),
        (("events",), ("consultations",)),
        (("consultations",), ("events",)),
        (("partnership", *UPSTAIRS), ("partnership.demo", "partnership.settings")),
    ]


def test_a_layer_imports_only_itself_and_those_below():
    upwards = [
        f"{path} imports {name}"
        for path in product_modules()
        if (own_floor := floor(import_name(path))) is not None
        for name in ours(path)
        if (floor(name) or 0) > own_floor
    ]

    assert upwards == []


@pytest.mark.parametrize(("rooms", "closed"), walls())
def test_a_room_never_imports_a_closed_one(rooms, closed):
    through_the_wall = [
        f"{path} imports {name}"
        for path in product_modules()
        if inside(import_name(path), *rooms) and not inside(import_name(path), *ROOF)
        for name in ours(path)
        if inside(name, *closed)
    ]

    assert through_the_wall == []


def test_pages_are_our_own_base_page_never_wagtails():
    strangers = [str(path) for path in product_modules() if "wagtail.models.Page" in imports(path)]

    assert strangers == []


def test_the_floors_are_told_apart():
    assert floor("events.services.sign_up") == FLOORS["services"]
    assert floor("consultations.roadmap.models") == FLOORS["models"]
    assert floor("events.apps") is None
