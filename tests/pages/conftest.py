"""A site with a page of each city and a joint one, and the people who edit them."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group

from consultations.groups import ensure_groups as ensure_moderators
from events.boards.groups import ensure_groups as ensure_boards
from events.drills.groups import ensure_groups as ensure_drills
from home.archive.groups import ensure_groups as ensure_debriefs
from home.models import StandardPage
from partnership.pages.groups import EDITORS, ensure_groups
from tests.factories.cities import city_pair
from tests.factories.pages import add_page
from tests.factories.people import ResidentFactory
from tests.pages.hands import Editor


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
    """Return the pages ``alder``, ``puerto`` and ``joint`` under the front page."""
    alder, puerto = cities
    return SimpleNamespace(
        alder=add_page(site_tree, StandardPage, title="Alder's page", cities=[alder]),
        puerto=add_page(site_tree, StandardPage, title="Puerto's page", cities=[puerto]),
        joint=add_page(site_tree, StandardPage, title="Page of both"),
        root=site_tree,
    )


@pytest.fixture
def lead(pages):
    """Give every page of the fixture a lead in both languages."""
    for page in (pages.alder, pages.puerto, pages.joint):
        fresh = StandardPage.objects.get(pk=page.pk)
        fresh.lead_en, fresh.lead_es = "Lead", "Entradilla"
        fresh.save()
        fresh.save_revision().publish()
    return pages


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
