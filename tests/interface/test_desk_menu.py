"""The side menu of the editing screens: short, and everything is still in it."""

import pytest
from django.contrib.auth.models import Group
from wagtail.admin.menu import admin_menu

from home.groups import ensure_groups
from tests.factories.cities import city_pair
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db
#: In what editors of a room find first.
DRAWERS = {
    "events": {"Places", "Boards", "Closing reports", "Live questions", "Checklists"},
    "consultations": {"Statements", "Themes", "Official answers"},
    "roadmap": {"Commitments", "Annual reviews", "Risk register", "Contingency plans"},
    "partnership": {"Status", "Partners", "Protocols", "Debriefs"},
}


def member_of(group: str):
    ensure_groups()
    person = ResidentFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    person.edits_for.set(city_pair())
    return person


def menu_of(person, client, rf):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/admin/")  # the viewsets add their entries with the addresses
    request = rf.get("/admin/")
    request.user = person
    return {entry.name: entry for entry in admin_menu.menu_items_for_request(request)}, request


def test_editors_find_the_entries_of_a_room_under_one(client, rf):
    entries, request = menu_of(member_of("Editors"), client, rf)

    found = {
        name: {str(entry.label) for entry in entries[name].menu.menu_items_for_request(request)}
        for name in DRAWERS
    }
    assert len(entries) <= 12
    assert {name for name in DRAWERS if not DRAWERS[name] <= found[name]} == set()
    # Three deep is too deep: what held others of its own is there without it.
    inside = [entry for name in DRAWERS for entry in entries[name].menu.registered_menu_items]
    assert not any(hasattr(entry, "menu") for entry in inside)
    orders = [entry.order for entry in entries["roadmap"].menu.registered_menu_items]
    assert orders == sorted(set(orders))


def test_whoever_sees_few_entries_finds_them_in_the_menu_itself(client, rf):
    entries, _request = menu_of(member_of("Analysts"), client, rf)

    assert {"consultations.themes", "consultations.exports"} <= set(entries)


def test_moderators_find_what_people_asked_at_events(client, rf):
    entries, _request = menu_of(member_of("Moderators"), client, rf)

    assert "events.live_questions" in entries


def test_our_mark_is_at_the_top(client):
    client.force_login(
        member_of("Editors"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )

    page = client.get("/admin/").content.decode()

    branding = page.partition("data-wagtail-sidebar-branding-logo")[2].partition("</template>")[0]
    assert "img/favicon.svg" in branding
    assert "css/admin/home.css" in page
