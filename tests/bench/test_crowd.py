"""500 people twice each for 100 places, and 100 who leave beside 200 who come; ten times."""

import pytest
from django.db import connection
from django.utils import timezone

from events.models import EventPage
from events.registrations.models import CityQuota, Registration
from events.registrations.room import Room
from events.registrations.services import places, timely, waiting
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import city_pair
from tests.factories.crowd import errors_among, everybody_twice, leaving_beside_coming
from tests.factories.events import make_event

pytestmark = [pytest.mark.bench, pytest.mark.both, pytest.mark.django_db(transaction=True)]

PEOPLE, PLACES, THREADS, COMING = 500, 100, 50, 200


@pytest.mark.parametrize("seed", range(10))
def test_the_whole_crowd(seed, figure):
    event = make_event(capacity=PLACES)

    came = everybody_twice(event, people=PEOPLE, threads=THREADS, seed=seed)
    rows = list(Registration.objects.order_by("created_at", "pk"))
    expected = ["registered"] * PLACES + ["waiting"] * (PEOPLE - PLACES)
    out_of_order = sum(row.status != each for row, each in zip(rows, expected, strict=False))
    line = [row.pk for row in rows[PLACES:]]

    moved = leaving_beside_coming(
        event, leaving=rows[:PLACES], coming=COMING, threads=THREADS, seed=seed
    )
    offered = list(Registration.objects.offered().order_by("created_at", "pk"))
    offers = OutgoingMail.objects.filter(kind="registration_offered")
    told = sorted(offers.values_list("to", flat=True))

    figure(f"seed {seed}: people out of order", out_of_order, unit="people", at_most=0)
    figure(f"seed {seed}: rows too many", abs(len(rows) - PEOPLE), unit="rows", at_most=0)
    errors = errors_among([*came, *moved])
    print(*errors[:3], sep="\n")  # what went wrong, when the next line fails
    figure(f"seed {seed}: errors", len(errors), unit="errors", at_most=0)
    figure(
        f"seed {seed}: places given beyond the capacity",
        abs(Registration.objects.active().places() - PLACES),
        unit="places",
        at_most=0,
    )
    assert [row.pk for row in offered] == line[:PLACES]
    assert told == sorted(row.participant.email for row in offered)


def test_without_the_lock_the_whole_crowd_takes_more_than_there_is(monkeypatch, figure):
    monkeypatch.setattr(waiting, "lock", lambda event: EventPage.objects.get(pk=event.pk))
    if connection.vendor == "sqlite":  # a transaction alone makes the others wait there
        monkeypatch.setattr("tests.factories.crowd.sign_up", places.sign_up.__wrapped__)
    event = make_event(capacity=PLACES)

    everybody_twice(event, people=PEOPLE, threads=THREADS, seed=0)

    given = event.registrations.active().places()
    figure("lock off: places given of 100", given, unit="places", at_most=None)
    assert given > PLACES


@pytest.mark.parametrize("seed", range(3))
def test_the_crowd_with_places_kept_for_two_cities_of_which_one_does_not_come(seed, figure):
    alder, puerto = city_pair()
    kept = {alder: 60, puerto: 30}
    event = make_event(capacity=PLACES)
    for city, places_kept in kept.items():
        CityQuota.objects.create(event=event, city=city, places=places_kept)

    came = everybody_twice(event, people=PEOPLE, threads=THREADS, seed=seed, cities=(alder, None))
    taken = Room.at(event).taken
    above = sum(max(0, taken[city.pk] - most) for city, most in kept.items())
    before = event.registrations.active().places()
    EventPage.objects.filter(pk=event.pk).update(quotas_release_at=timezone.now())
    timely.offer_what_became_free()

    errors = errors_among(came)
    print(*errors[:3], sep="\n")  # what went wrong, when the next line fails
    figure(f"quotas, seed {seed}: errors", len(errors), unit="errors", at_most=0)
    figure(f"quotas, seed {seed}: above a quota", above, unit="places", at_most=0)
    assert before == PLACES - kept[puerto]
    empty = PLACES - event.registrations.active().places()
    figure(f"quotas, seed {seed}: empty after the release", empty, unit="places", at_most=0)
