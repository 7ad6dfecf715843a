"""Four residents race for the last place: one gets it, as long as the lock is on."""

import contextlib
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from events.models import EventPage
from events.registrations import services
from events.registrations.door import services as door
from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration
from events.registrations.querysets import RegistrationQuerySet
from events.registrations.refusals import EventFull
from events.registrations.services import waiting
from partnership.people import tokens
from partnership.refusals import Refused
from tests.factories.events import make_event
from tests.factories.people import ParticipantFactory, ResidentFactory
from tests.factories.registrations import RegistrationFactory, fresh_token

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]

RESIDENTS = 4


@pytest.fixture
def everybody_counts_before_anybody_writes(monkeypatch):
    """Hold whoever has counted the places until the others have counted too, or cannot."""
    counted = threading.Barrier(RESIDENTS)
    count = RegistrationQuerySet.by_group

    def count_and_wait(registrations, *also):
        taken = count(registrations, *also)
        # The lock keeps the others from counting: that is what it is for.
        with contextlib.suppress(threading.BrokenBarrierError):
            counted.wait(timeout=0.5)
        return taken

    monkeypatch.setattr(RegistrationQuerySet, "by_group", count_and_wait)


@pytest.fixture
def no_lock(monkeypatch):
    """Take the lock away: the row's on PostgreSQL, the whole transaction's on SQLite."""
    monkeypatch.setattr(waiting, "lock", lambda event: EventPage.objects.get(pk=event.pk))
    if connection.vendor == "sqlite":
        monkeypatch.setattr(services, "sign_up", services.sign_up.__wrapped__)


def race(run_in_threads):
    event = make_event(capacity=2, has_waiting_list=False)
    RegistrationFactory(event=event)
    participants = ParticipantFactory.create_batch(RESIDENTS)
    forms = [fresh_token() for _participant in participants]

    def take(number):
        return services.sign_up(event, participant=participants[number], form_token=forms[number])

    outcomes = run_in_threads(take, times=RESIDENTS)
    return event, outcomes


@pytest.mark.usefixtures("everybody_counts_before_anybody_writes")
@pytest.mark.parametrize("_round", range(5))
def test_one_of_four_gets_the_last_place(run_in_threads, _round):
    event, outcomes = race(run_in_threads)

    winners = [outcome for outcome in outcomes if isinstance(outcome, Registration)]
    losers = [outcome for outcome in outcomes if isinstance(outcome, EventFull)]
    assert (len(winners), len(losers)) == (1, RESIDENTS - 1)
    assert event.registrations.active().count() == event.capacity


@pytest.mark.usefixtures("everybody_counts_before_anybody_writes", "no_lock")
def test_without_the_lock_the_last_place_is_sold_four_times(run_in_threads):
    event, outcomes = race(run_in_threads)

    assert [type(outcome) for outcome in outcomes] == [Registration] * RESIDENTS
    assert event.registrations.active().count() == event.capacity + RESIDENTS - 1


def test_the_same_form_sent_four_times_at_once_counts_once(run_in_threads):
    event, participant, form = make_event(), ParticipantFactory(), fresh_token()

    run_in_threads(
        lambda _number: services.sign_up(event, participant=participant, form_token=form),
        times=RESIDENTS,
    )

    assert Registration.objects.count() == 1


def test_four_cancellations_at_once_free_one_place(run_in_threads):
    registration = RegistrationFactory()
    resident = registration.participant.resident
    copies = [Registration.objects.get() for _copy in range(RESIDENTS)]

    outcomes = run_in_threads(
        lambda number: services.cancel(copies[number], by=resident), times=RESIDENTS
    )

    assert sum(isinstance(outcome, Registration) for outcome in outcomes) == 1


# At the door -----------------------------------------------------------------------------------


@pytest.fixture
def unlocked(monkeypatch):
    """Take the lock on the place away, and on SQLite the transaction's."""

    def only_read(registration, event):
        place = Registration.objects.with_people().get(pk=registration.pk)
        place.event = event
        return place

    monkeypatch.setattr(waiting, "lock_place", only_read)
    if connection.vendor == "sqlite":
        for name in ("cancel", "change"):
            monkeypatch.setattr(services, name, getattr(services, name).__wrapped__)


def give_back_or_shrink(place, what):
    if what == "cancel":
        return services.cancel(place)
    return services.change(place, form_token=tokens.issue(services.CHANGE), party_size=1)


def race_with_the_door(run_in_threads, monkeypatch, what):
    """Somebody is let in after their place was read to be changed, and before it is written."""
    event = make_event(starts_at=timezone.now() + timedelta(minutes=20))
    place, staff = RegistrationFactory(event=event, party_size=2), ResidentFactory()
    was_read, came_in = threading.Event(), threading.Event()
    read = waiting.lock_place

    def read_and_wait(registration, event):
        found = read(registration, event)
        was_read.set()
        came_in.wait(1)
        return found

    def work(number):
        copy = Registration.objects.get(pk=place.pk)
        if number:
            return give_back_or_shrink(copy, what)
        was_read.wait(5)
        try:
            return door.check_in(copy, by=staff, mark=uuid4())
        finally:
            came_in.set()

    monkeypatch.setattr(waiting, "lock_place", read_and_wait)
    outcomes = run_in_threads(work, times=2)
    place.refresh_from_db()
    return outcomes, place, sum(place.arrivals.standing().values_list("people", flat=True))


@pytest.mark.parametrize(("what", "inside"), [("cancel", 0), ("change", 1)])
def test_who_is_let_in_meanwhile_is_in(run_in_threads, monkeypatch, what, inside):
    outcomes, place, people = race_with_the_door(run_in_threads, monkeypatch, what)

    assert [isinstance(each, Refused) for each in outcomes].count(True) == (what == "cancel")
    assert (place.arrived, people) == (inside, inside)
    assert (place.status == RegistrationStatus.ATTENDED) is (inside > 0)


@pytest.mark.usefixtures("unlocked")
def test_without_the_lock_on_the_place_the_door_is_forgotten(run_in_threads, monkeypatch):
    _outcomes, place, people = race_with_the_door(run_in_threads, monkeypatch, "cancel")

    assert people == 2
    assert (place.arrived, place.status) == (0, RegistrationStatus.CANCELLED)
