"""Where “Pages” in the menu of the editing screens begins."""

import pytest
from wagtail.models import Site

from tests.interface.test_desk_menu import member_of, menu_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    person = member_of("Editors")
    person.is_superuser = True
    person.save()
    return person


def start_of(person, client, rf):
    entries, request = menu_of(person, client, rf)
    return entries["explorer"].render_component(request).start_page_id


def test_with_one_site_it_begins_below_the_front_page(bare_site, admin, client, rf):
    assert start_of(admin, client, rf) == Site.objects.get().root_page_id


def test_with_two_sites_it_begins_above_both(bare_site, admin, client, rf):
    front = Site.objects.get().root_page
    Site.objects.create(hostname="other.example", root_page=front)

    assert start_of(admin, client, rf) == front.get_parent().pk


def test_whoever_may_see_nothing_finds_no_entry(bare_site, client, rf):
    entries, _request = menu_of(member_of("Moderators"), client, rf)

    assert "explorer" not in entries
