"""A new version brings its permissions along, and takes nothing a city has decided."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management.sql import emit_post_migrate_signal

from home.groups import after_migrations, ensure_groups
from partnership.pages.models import GivenPermission

pytestmark = pytest.mark.django_db


def migrate():
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")


def may(group, codename):
    return Group.objects.get(name=group).permissions.filter(codename=codename).exists()


@pytest.fixture
def in_use():
    ensure_groups()


@pytest.mark.usefixtures("in_use")
def test_what_a_new_version_allows_is_given_by_migrating():
    check_in = Permission.objects.get(codename="check_in")
    Group.objects.get(name="Editors").permissions.remove(check_in)
    GivenPermission.objects.filter(permission=check_in).delete()

    migrate()

    assert may("Editors", "check_in")


@pytest.mark.usefixtures("in_use")
def test_what_a_city_took_away_stays_away_and_what_it_added_stays():
    editors = Group.objects.get(name="Editors")
    editors.permissions.remove(*Permission.objects.filter(codename__in=("check_in", "view_people")))
    editors.permissions.add(Permission.objects.get(codename="export_staff_profile"))

    migrate()
    migrate()

    assert not may("Editors", "check_in")
    assert not may("Editors", "view_people")
    assert may("Editors", "manage_places")
    assert may("Editors", "export_staff_profile")


@pytest.mark.usefixtures("in_use")
def test_a_group_that_has_another_name_by_now_is_not_made_again():
    Group.objects.filter(name="Analysts").update(name="Researchers")

    migrate()

    assert not Group.objects.filter(name="Analysts").exists()


@pytest.mark.usefixtures("in_use")
def test_a_room_that_is_migrated_later_stops_no_other():
    GivenPermission.objects.all().delete()
    Permission.objects.filter(codename="moderate_contribution").delete()
    Group.objects.get(name="Editors").permissions.clear()

    after_migrations(using="default")

    assert may("Editors", "check_in")


def test_a_site_nobody_has_started_is_left_as_it_is():
    migrate()

    assert not Group.objects.filter(name="Analysts").exists()
    assert not may("Editors", "check_in")
