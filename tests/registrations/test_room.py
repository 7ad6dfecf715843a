"""How many places are free in which queue, and what the bars say of it."""

import pytest

from events.models import EventPage
from events.registrations.models import CityQuota
from events.registrations.room import EVERYBODY, Room
from tests.factories.cities import city_pair
from tests.factories.events import make_event
from tests.factories.registrations import RegistrationFactory

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def event_with(*quotas, **fields):
    event = make_event(**fields)
    for city, places in zip(city_pair(), quotas, strict=False):
        CityQuota.objects.create(event=event, city=city, places=places)
    return EventPage.objects.get(pk=event.pk)


def test_a_registration_can_be_left_out_of_the_count():
    event = event_with(capacity=5)
    mine = RegistrationFactory(event=event, party_size=2)
    RegistrationFactory(event=event, party_size=1)

    assert (Room.at(event).left, Room.at(event, without=mine).left) == (2, 4)


def test_a_group_that_was_given_its_places_waits_no_more():
    event = event_with(capacity=4)
    first, second = (
        RegistrationFactory(event=event, status="waiting", party_size=2) for _n in range(2)
    )
    room = Room.at(event)

    room.give(first)
    one_given = (room.left, room.is_queued_for(None), room.is_open_to(None))
    room.give(second)

    assert one_given == (2, True, False)
    assert (room.left, room.is_queued_for(None)) == (0, False)


def test_places_kept_for_cities_never_come_to_more_than_there_are():
    alder, puerto = city_pair()
    event = event_with(3, 3, capacity=4)
    RegistrationFactory(event=event, city=alder, party_size=3)

    room = Room.at(event)

    assert (room.left_for(alder.pk), room.left_for(puerto.pk)) == (0, 1)


def test_one_can_sign_up_where_only_places_for_everybody_are_left():
    alder, _puerto = city_pair()
    event = event_with(1, capacity=2)
    RegistrationFactory(event=event, city=alder)

    assert Room.at(event).is_open_to_somebody
    RegistrationFactory(event=event, city=None)
    assert not Room.at(event).is_open_to_somebody


@pytest.mark.parametrize(
    ("capacity", "bars"),
    [
        (5, [("Alder Bay", 0, 2), ("Puerto Almendro", 0, 1), ("From elsewhere", 1, 2)]),
        (3, [("Alder Bay", 0, 2), ("Puerto Almendro", 0, 1)]),  # nothing is left for others
        (None, [("Alder Bay", 0, 2), ("Puerto Almendro", 0, 1)]),
    ],
)
def test_who_lives_elsewhere_has_a_bar_where_places_are_left_for_them(capacity, bars):
    event = event_with(2, 1, capacity=capacity)
    RegistrationFactory(event=event, city=None)

    shown = Room.at(event).bars(city_pair())

    assert [
        (str(bar.get("label") or bar["city"]), bar["taken"], bar["capacity"]) for bar in shown
    ] == bars


def test_while_others_wait_the_bar_is_full():
    alder, puerto = city_pair()
    event = event_with(3, 2, capacity=5)
    RegistrationFactory(event=event, city=alder, status="waiting", party_size=2)
    RegistrationFactory(event=event, city=puerto)

    shown = Room.at(event).bars(city_pair())

    assert [(bar["taken"], bar["capacity"]) for bar in shown] == [(3, 3), (1, 2)]


def test_a_draft_counts_with_the_quotas_it_has_at_hand():
    alder, _puerto = city_pair()
    event = event_with(1, capacity=5)
    event.quotas = [CityQuota(city=alder, places=4)]

    room = Room.at(event)

    assert (room.quotas, room.limit_of(alder.pk), room.limit_of(EVERYBODY)) == (
        {alder.pk: 4},
        4,
        1,
    )
