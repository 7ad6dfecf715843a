"""Editors of each city, for the screens about closing reports."""

import pytest
from django.contrib.auth.models import Group

from events.reports.groups import ensure_groups
from partnership.pages.groups import ensure_groups as ensure_editors
from tests.factories.cities import city_pair
from tests.factories.pages import make_site
from tests.factories.people import ResidentFactory


@pytest.fixture
def make_editor(db):
    """Return a function that makes an editor of these cities."""
    make_site()
    ensure_editors()
    ensure_groups()

    def make(*cities, **fields):
        editor = ResidentFactory(is_staff=True, **fields)
        editor.groups.add(Group.objects.get(name="Editors"))
        editor.edits_for.set(cities)
        return editor

    return make


@pytest.fixture
def editor(client, make_editor):
    """An editor of Puerto Almendro, signed in."""
    editor = make_editor(city_pair()[1])
    client.force_login(editor)
    return editor
