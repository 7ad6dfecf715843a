"""The cities, their pages, and the people who edit them."""

import pytest
from django.contrib.auth.models import Group

from consultations.groups import ensure_groups as ensure_moderators
from events.boards.groups import ensure_groups as ensure_boards
from events.drills.groups import ensure_groups as ensure_drills
from home.archive.groups import ensure_groups as ensure_debriefs
from partnership.pages.groups import EDITORS, ensure_groups
from tests.factories.cities import city_pair
from tests.factories.people import ResidentFactory
from tests.pages.hands import Editor
from tests.pages.three_pages import give_leads, make_pages


@pytest.fixture
def cities(db):
    return city_pair()


@pytest.fixture
def editor(cities):
    """Return a function that makes an editor who works for the cities of these codes."""
    ensure_groups()

    def make(*codes):
        resident = ResidentFactory(is_staff=True)
        resident.groups.add(Group.objects.get(name=EDITORS))
        resident.edits_for.set(city for city in cities if city.code in codes)
        return resident

    return make


@pytest.fixture
def pages(cities, site_tree):
    return make_pages(cities, site_tree)


@pytest.fixture
def lead(pages):
    return give_leads(pages)


@pytest.fixture
def editors():
    """One of Alder Bay, one of Puerto Almendro."""
    for ensure in (
        ensure_groups,
        ensure_moderators,
        ensure_boards,
        ensure_drills,
        ensure_debriefs,
    ):
        ensure()
    return [Editor(city) for city in city_pair()]
