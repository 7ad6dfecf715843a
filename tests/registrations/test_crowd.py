"""A small crowd in the suite; the whole one, 500 people for 100 places, is in tests/bench."""

import contextlib
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from events.models import EventPage
from events.registrations import services
from events.registrations.enums import RegistrationStatus
from events.registrations.models import CityQuota, Registration
from events.registrations.querysets import RegistrationQuerySet
from events.registrations.refusals import AlreadyHasPlace, Refused
from events.registrations.room import EVERYBODY, Room
from events.registrations.services import cancel, places, sign_up, timely, waiting
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import city_pair
from tests.factories.crowd import errors_among, everybody_twice, leaving_beside_coming
from tests.factories.events import make_event
from tests.factories.people import ParticipantFactory
from tests.factories.registrations import RegistrationFactory, fresh_token

PEOPLE, PLACES, THREADS = 24, 6, 8


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_everybody_twice_at_once_fills_the_event_exactly():
    event = make_event(capacity=PLACES)

    outcomes = everybody_twice(event, people=PEOPLE, threads=THREADS, seed=1)

    assert errors_among(outcomes) == []
    assert sum(isinstance(one, AlreadyHasPlace) for one in outcomes) == PEOPLE
    rows = list(Registration.objects.order_by("pk"))
    assert [row.status for row in rows] == ["registered"] * PLACES + ["waiting"] * (PEOPLE - PLACES)
    assert sorted(rows, key=lambda row: row.created_at) == rows
    assert OutgoingMail.objects.exclude(kind="guest_code").count() == PEOPLE


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_who_leaves_beside_who_comes_frees_a_place_for_the_first_in_line():
    event = make_event(capacity=PLACES)
    everybody_twice(event, people=PEOPLE, threads=THREADS, seed=2)
    leaving = list(Registration.objects.registered())
    line = list(Registration.objects.waiting().values_list("pk", flat=True))

    outcomes = leaving_beside_coming(event, leaving=leaving, coming=8, threads=THREADS, seed=2)

    assert errors_among(outcomes) == []
    offered = list(Registration.objects.offered().order_by("created_at", "pk"))
    assert [row.pk for row in offered] == line[:PLACES]
    assert Registration.objects.active().places() == PLACES
    offers = OutgoingMail.objects.filter(kind="registration_offered")
    assert sorted(offers.values_list("to", flat=True)) == sorted(
        row.participant.email for row in offered
    )


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_crowd_takes_more_than_there_is(monkeypatch):
    monkeypatch.setattr(waiting, "lock", lambda event: EventPage.objects.get(pk=event.pk))
    if connection.vendor == "sqlite":
        monkeypatch.setattr(services, "sign_up", places.sign_up.__wrapped__)
        monkeypatch.setattr("tests.factories.crowd.sign_up", places.sign_up.__wrapped__)
    count = RegistrationQuerySet.by_group

    counted = threading.Barrier(THREADS)

    def count_and_wait(registrations, *also):
        taken = count(registrations, *also)
        # The lock would keep the others from counting: that is what it is for.
        with contextlib.suppress(threading.BrokenBarrierError):
            counted.wait(timeout=2)
        return taken

    monkeypatch.setattr(RegistrationQuerySet, "by_group", count_and_wait)
    few = PLACES // 2
    event = make_event(capacity=few)

    everybody_twice(event, people=PEOPLE, threads=THREADS, seed=3)

    assert event.registrations.active().places() > few


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_four_clocks_at_once_tell_everybody_once(run_in_threads):
    event = make_event(capacity=1)
    everybody_twice(event, people=3, threads=3, seed=4)
    cancel(Registration.objects.registered().get())
    Registration.objects.offered().update(offer_expires_at=timezone.now())
    soon = timezone.now() + timedelta(hours=20)
    other = RegistrationFactory(event=make_event(starts_at=soon))
    Registration.objects.filter(pk=other.pk).update(created_at=soon - timedelta(days=9))

    def tick(_number):
        return timely.expire_offers(), timely.remind(), timely.offer_what_became_free()

    outcomes = run_in_threads(tick, times=4)

    assert [one for one in outcomes if isinstance(one, Exception)] == []
    kinds = ("registration_expired", "registration_reminder", "registration_offered")
    told = [OutgoingMail.objects.filter(kind=kind).count() for kind in kinds]
    assert told == [1, 1, 2]
    assert Registration.objects.offered().count() == 1


class QuotasHold(TestCase):
    """Whatever happens in whatever order."""

    @hypothesis_settings(max_examples=25, deadline=None)
    @given(
        acts=st.lists(
            st.tuples(st.sampled_from(("come", "leave")), st.integers(0, 2), st.integers(1, 3)),
            max_size=14,
        ),
        quotas=st.tuples(st.integers(1, 3), st.integers(1, 3)),
        for_all=st.integers(0, 2),
    )
    def test_no_city_passes_its_quota_and_nothing_stays_empty(self, acts, quotas, for_all):
        cities = (*city_pair(), None)
        event = make_event(capacity=sum(quotas) + for_all)
        for city, number in zip(cities, quotas, strict=False):
            CityQuota.objects.create(event=event, city=city, places=number)

        for act, number, size in acts:
            self._act(event, act, cities[number], size)
            self._check(event)
        event.quotas_release_at = event.first_published_at or Registration().created_at
        event.save()
        timely.offer_what_became_free()
        self._check(event)

    def _act(self, event, act, city, size):
        if act == "come":
            participant = ParticipantFactory(resident__city=city)
            try:
                sign_up(
                    event,
                    participant=participant,
                    form_token=fresh_token(),
                    party_size=size,
                    may_wait=True,
                )
            except Refused:
                return
        elif first := event.registrations.hoping().filter(city=city).order_by("pk").first():
            cancel(first)

    def _check(self, event):
        """Nobody above a quota; what the first in a queue could use is not empty."""
        room = Room.at(event)
        for queue in (*room.quotas, EVERYBODY):
            limit = room.limit_of(queue)
            assert limit is None or room.taken[queue] <= limit
            line = event.registrations.filter(status=RegistrationStatus.WAITING)
            line = line.order_by("created_at", "pk")
            first = next((row for row in line if room.queue(row.city_id) == queue), None)
            assert first is None or not room.fits(first.city_id, first.party_size)
