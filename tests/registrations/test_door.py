"""At the door: who comes in, who does not and why, and what becomes of those who never came."""

import contextlib
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from events.registrations import refusals
from events.registrations.codes import new_code
from events.registrations.door import refusals as door
from events.registrations.door import services
from events.registrations.door.services import (
    Tick,
    check_in,
    check_in_many,
    find_at_the_door,
    mark_no_shows,
    take_back,
)
from events.registrations.models import Arrival, Registration
from events.registrations.services import timely
from events.registrations.statistics import by_city
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import city_pair
from tests.factories.events import make_event
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory

DOORS = 4


def tonight(**fields):
    """An event that begins in an hour."""
    return make_event(starts_at=timezone.now() + timedelta(hours=1), **fields)


def over(hours=7, **fields):
    """An event that ended that many hours ago."""
    return make_event(starts_at=timezone.now() - timedelta(hours=hours + 4), **fields)


def place(event=None, **fields):
    return RegistrationFactory(event=event or tonight(), **fields)


def let_in(registration, **choices):
    by = choices.pop("by", None) or ResidentFactory(name="Marta Door")
    return check_in(registration, by=by, **{"mark": uuid4(), **choices})


# Who comes in ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_group_comes_in_with_one_act():
    party, host = place(party_size=3), ResidentFactory()

    let_in(party, by=host)

    party.refresh_from_db()
    assert (party.status, party.arrived, party.missing) == ("attended", 3, 0)
    arrival = party.arrivals.get()
    assert (arrival.people, arrival.checked_in_by) == (3, host)
    assert party.event.registrations.headcount() == {"inside": 3, "expected": 3}


@pytest.mark.django_db
def test_part_of_a_group_comes_first_and_the_others_later():
    party = place(party_size=3)

    let_in(party, people=1)
    assert party.event.registrations.headcount() == {"inside": 1, "expected": 3}
    let_in(party)

    assert list(party.arrivals.values_list("people", flat=True)) == [1, 2]
    party.refresh_from_db()
    assert party.missing == 0


@pytest.mark.django_db
def test_more_than_are_missing_do_not_come_in():
    party = place(party_size=2)
    let_in(party, people=1)

    with pytest.raises(door.FewerAreMissing, match="Only 1 person of this group is not in yet"):
        let_in(party, people=2)

    assert party.arrivals.count() == 1


@pytest.mark.django_db
def test_what_was_a_mistake_is_taken_back_once():
    party, host = place(party_size=2), ResidentFactory()
    let_in(party)
    arrival = party.arrivals.get()

    take_back(arrival, by=host)
    with pytest.raises(door.NothingToTakeBack):
        take_back(arrival, by=host)

    party.refresh_from_db()
    assert (party.status, party.arrived) == ("registered", 0)
    arrival.refresh_from_db()
    assert arrival.taken_back_by == host
    let_in(party)
    assert party.arrivals.standing().get().people == 2


@pytest.mark.django_db
def test_the_same_mark_counts_once():
    party, mark = place(party_size=3), uuid4()

    for _time in range(3):
        let_in(party, people=1, mark=mark)

    party.refresh_from_db()
    assert (party.arrived, party.arrivals.count()) == (1, 1)


@pytest.mark.django_db
def test_a_code_is_found_however_it_is_typed():
    party = place()
    typed = f" {party.code[:4].lower()} {party.code[4:]}"

    assert find_at_the_door(typed, event=party.event) == party


# Why somebody does not ---------------------------------------------------------------------------


def _given_back():
    return place(status="cancelled", cancelled_at=timezone.now())


def _offered():
    return place(status="offered", offer_expires_at=timezone.now() + timedelta(hours=1))


def _in_already():
    party = place()
    let_in(party)
    return party


REFUSED = [
    (_given_back, door.PlaceGivenBack, "This place was given back on"),
    (lambda: place(status="waiting"), door.StillWaiting, "number 1 on the waiting list."),
    (_offered, door.OfferNotTaken, "A place was offered, but not taken."),
    (_in_already, door.AlreadyIn, "let in by Marta Door."),
    (lambda: place(make_event()), door.DoorNotOpenYet, "The door opens two days before."),
    (lambda: place(tonight(event_status="cancelled")), refusals.EventCancelled, "been cancelled"),
    (lambda: place(tonight(event_status="postponed")), refusals.EventPostponed, "been postponed"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("made", "refusal", "words"), REFUSED)
def test_the_reason_is_a_sentence_in_the_readers_language(made, refusal, words, language):
    party = made()

    with translation.override(language):
        with pytest.raises(refusal) as refused:
            let_in(party)
        said = str(refused.value)

    assert (words in said) is (language == "en")
    assert said.endswith(".")


@pytest.mark.django_db
def test_a_code_of_nobody_a_slip_and_a_place_elsewhere_are_told_apart():
    party, other = place(), place(tonight(title="Lantern night"))
    slip = party.code[:-1] + ("A" if party.code[-1] != "A" else "C")

    with pytest.raises(door.UnknownCode):
        find_at_the_door(new_code(), event=party.event)
    with pytest.raises(door.MistypedCode, match="one of its signs is wrong"):
        find_at_the_door(slip, event=party.event)
    with pytest.raises(door.AtAnotherEvent, match="at another event: “Lantern night”"):
        find_at_the_door(other.code, event=party.event)


# Phones without a network ------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_a_phone_noted_is_counted_once_however_often_it_is_sent():
    event, host = tonight(), ResidentFactory()
    one, two, waiting = place(event, party_size=2), place(event), place(event, status="waiting")
    noted = timezone.now() - timedelta(minutes=50)
    ticks = [Tick(code=each.code, mark=uuid4(), at=noted) for each in (one, waiting, two)]

    first = check_in_many(event, ticks=ticks, by=host)
    again = check_in_many(event, ticks=ticks, by=host)

    told = [[type(each) for each in outcome] for outcome in (first, again)]
    assert told == [[type(None), door.StillWaiting, type(None)]] * 2
    assert event.registrations.headcount() == {"inside": 3, "expected": 3}
    assert set(Arrival.objects.values_list("arrived_at", flat=True)) == {noted}


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [timedelta(days=2), timedelta(days=-30)])
def test_a_phone_whose_clock_is_wrong_is_not_believed(wrong):
    party, before = place(), timezone.now()

    let_in(party, at=timezone.now() + wrong)

    assert before <= party.arrivals.get().arrived_at <= timezone.now()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_doors_that_let_the_same_group_in_at_once_let_it_in_once(run_in_threads):
    party, host = place(party_size=2), ResidentFactory()

    outcomes = run_in_threads(lambda _number: check_in(party, by=host, mark=uuid4()), times=DOORS)

    kinds = sorted(type(each).__name__ for each in outcomes)
    assert kinds == ["AlreadyIn"] * (DOORS - 1) + ["Registration"]
    party.refresh_from_db()
    assert (party.arrived, party.arrivals.count()) == (2, 1)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_one_phone_that_sends_the_same_thing_four_times_at_once_is_counted_once(run_in_threads):
    party, host, mark = place(party_size=2), ResidentFactory(), uuid4()

    outcomes = run_in_threads(
        lambda _number: check_in(party, by=host, mark=mark, people=1), times=DOORS
    )

    assert [type(each) for each in outcomes] == [Registration] * DOORS
    assert party.arrivals.count() == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_doors_let_the_same_group_in_twice(run_in_threads, monkeypatch):
    asked = threading.Barrier(DOORS)
    refuse = services.refusal_at_the_door

    def ask_and_wait(registration):
        refusal = refuse(registration)
        with contextlib.suppress(threading.BrokenBarrierError):
            asked.wait(timeout=2)
        return refusal

    def no_lock(registration):
        return Registration.objects.with_people().select_related("event").get(pk=registration.pk)

    monkeypatch.setattr(services, "refusal_at_the_door", ask_and_wait)
    monkeypatch.setattr(services, "_lock", no_lock)
    act = check_in.__wrapped__ if connection.vendor == "sqlite" else check_in
    party, host = place(party_size=2), ResidentFactory()

    run_in_threads(lambda _number: act(party, by=host, mark=uuid4()), times=DOORS)

    assert party.arrivals.count() > 1


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize(
    "false",
    [
        {"status": "attended", "arrived": 3},
        {"status": "attended"},
        {"arrived": 1},
        {"status": "no_show", "arrived": 1},
    ],
)
def test_the_table_holds_nothing_that_does_not_add_up(false):
    party = place(party_size=2)
    found = Registration.objects.filter(pk=party.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        found.update(**false)


# After the end -----------------------------------------------------------------------------------


@pytest.mark.both
@pytest.mark.django_db
def test_who_was_not_checked_in_did_not_come_and_that_is_said_once():
    event = over()
    came, away = place(event), place(event)
    left = place(event, status="cancelled", cancelled_at=timezone.now())
    let_in(came)

    assert [mark_no_shows(), mark_no_shows()] == [1, 0]

    states = [Registration.objects.get(pk=each.pk).status for each in (came, away, left)]
    assert states == ["attended", "no_show", "cancelled"]


@pytest.mark.django_db
def test_nothing_is_said_too_early_nor_where_nobody_kept_the_door_nor_of_what_did_not_happen():
    early, unkept = over(hours=5), over()
    off = over(event_status="cancelled")
    let_in(place(early))
    RegistrationFactory(event=off, status="attended")
    for event in (early, unkept, off):
        place(event)

    assert mark_no_shows() == 0


@pytest.mark.django_db
def test_a_phone_that_tells_late_is_right_and_the_list_was_wrong():
    event = over()
    early, late = place(event), place(event)
    let_in(early)
    mark_no_shows()

    let_in(late)

    late.refresh_from_db()
    assert late.status == "attended"
    assert mark_no_shows() == 0


@pytest.mark.django_db
def test_only_those_who_came_are_thanked_where_the_door_was_kept():
    kept, unkept = over(hours=13), over(hours=13)
    came, _away, somebody = place(kept), place(kept), place(unkept)
    let_in(came)

    assert timely.thank() == 2

    thanked = OutgoingMail.objects.filter(kind="registration_thanks").values_list("to", flat=True)
    assert set(thanked) == {came.participant.email, somebody.participant.email}


@pytest.mark.django_db
def test_attendance_by_city_counts_those_who_came():
    alder, _puerto = city_pair()
    event = over()
    for _group in range(5):
        let_in(place(event, city=alder, party_size=2), people=1)
    RegistrationFactory.create_batch(5, event=event, city=alder, party_size=3)
    mark_no_shows()

    figures = by_city(event)

    row = dict(zip(figures["headings"], figures["rows"][0][1], strict=True))
    assert (row["Was there"], row["Did not come"]) == ("5", "20")
