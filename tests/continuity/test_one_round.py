"""What several checks need is read once while all of them are asked, and anew the next time."""

from collections import Counter
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.groups import ensure_groups
from partnership import continuity
from partnership.cities.models import City
from partnership.people.models import Resident
from tests.factories.cities import CityFactory, city_pair
from tests.factories.committees import add_seat, make_committee
from tests.factories.days import todays_date
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def test_no_check_reads_what_another_has_read():
    add_seat(make_committee(cities=city_pair()))
    with CaptureQueriesContext(connection) as asked:
        continuity.concerns(todays_date())

    times = Counter(query["sql"] for query in asked.captured_queries)
    assert times[str(City.objects.all().query)] == 1
    assert [sql for sql, number in times.items() if number > 1] == []


def test_the_first_screen_asks_nothing_about_cities_seats_or_the_bond_twice(client):
    client.force_login(Resident.objects.create_superuser("admin@example.org", name="Admin"))
    city_pair()
    client.get("/admin/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/admin/")

    told = [query["sql"] for query in asked.captured_queries]
    for table in ("committees_membership", "home_partnershipsettings"):
        assert len([sql for sql in told if f'FROM "{table}"' in sql]) == 1
    assert told.count(str(City.objects.all().query)) == 1


def test_the_next_round_sees_what_has_changed_and_so_does_a_check_by_itself():
    names = []
    check = continuity.Check(
        name="tests.cities",
        heading="Cities",
        find=lambda today: names.append(len(continuity.every_city())) or (),
    )
    city_pair()
    with patch.dict(continuity._checks, {"tests.cities": (1, check)}, clear=True):
        continuity.concerns(todays_date())
        CityFactory()
        continuity.concerns(todays_date())
    CityFactory()
    check.find(todays_date())

    assert names == [2, 3, 4]


def test_a_round_that_fails_leaves_nothing_behind():
    def fail(today):
        continuity.every_city()
        raise LookupError

    city_pair()
    check = continuity.Check(name="tests.fails", heading="", find=fail)
    with (
        patch.dict(continuity._checks, {"tests.fails": (1, check)}, clear=True),
        pytest.raises(LookupError),
    ):
        continuity.concerns(todays_date())
    CityFactory()

    assert len(continuity.every_city()) == 3


def test_the_first_screen_asks_once_for_whom_its_reader_works(client):
    ensure_groups()
    editor = ResidentFactory(is_staff=True)
    editor.groups.set(Group.objects.all())
    editor.edits_for.set(city_pair())
    client.force_login(editor)
    client.get("/admin/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/admin/")

    works_for = 'FROM "cities_city" INNER JOIN "people_resident_edits_for"'
    told = [query["sql"] for query in asked.captured_queries if works_for in query["sql"]]
    assert len(told) == 1
