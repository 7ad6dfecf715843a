"""A protocol nobody can follow, nobody has signed or nobody has looked over is a concern."""

from datetime import timedelta

import pytest

from home.protocols.models import ProtocolPage
from home.protocols.overdue import CHECK, OLD_AFTER
from partnership import continuity
from tests.factories.cities import CityFactory
from tests.factories.days import todays_date
from tests.factories.protocols import make_draft, make_protocol, make_version

pytestmark = pytest.mark.django_db


def words(today=None):
    return [concern.words for concern in CHECK.find(today or todays_date())]


def test_it_is_asked_with_the_others():
    assert "protocols.signed" in [check.name for check in continuity.checks()]


def test_a_protocol_without_a_version_in_force_is_a_concern(protocol, cities):
    make_draft(protocol)

    (concern,) = CHECK.find(todays_date())

    assert concern.words == "“Class exchanges” has no version in force."
    assert concern.edit_url == f"/admin/pages/{protocol.pk}/edit/"
    assert concern.cities == cities
    ProtocolPage.objects.update(live=False)
    assert words() == []


def test_what_every_city_has_signed_lately_is_none(protocol):
    make_version(protocol)

    assert words() == []


@pytest.mark.both
def test_a_city_that_joined_and_has_not_signed_is_a_concern(protocol):
    version = make_version(protocol)
    third = CityFactory(code="third", name="Third")

    (concern,) = CHECK.find(todays_date())

    assert concern.words == ("“Class exchanges, version 1” is in force and not signed by: Third.")
    assert (concern.cities, concern.due) == ((third,), version.in_force_from)


@pytest.mark.both
def test_what_nobody_looked_over_for_two_years_is_a_concern(protocol):
    make_version(protocol, since=todays_date() - OLD_AFTER)
    tomorrow = todays_date() + timedelta(days=1)

    assert words(todays_date()) == []
    assert words(tomorrow) == ["Nobody has looked over “Class exchanges” for two years."]
    assert next(iter(CHECK.find(tomorrow))).due == todays_date()
    ProtocolPage.objects.update(reviewed_on=todays_date())
    assert words(tomorrow) == []


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_any_number(site_tree, cities, django_assert_num_queries, number):
    for each in range(number):
        make_protocol(f"Unsigned {each}")
        make_version(make_protocol(f"Signed {each}"))
    list(CHECK.find(todays_date()))

    with django_assert_num_queries(6):
        found = list(CHECK.find(todays_date()))

    assert len(found) == number
