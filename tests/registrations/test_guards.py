"""What a place or a turn is refused, and what a freed place is not given to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import EventPage
from events.registrations import facts, refusals
from events.registrations.enums import RegistrationStatus
from events.registrations.models import CityQuota, Registration
from events.registrations.room import Room
from events.registrations.services import (
    accept,
    cancel,
    change,
    promote,
    promote_each,
    sign_up,
    timely,
)
from events.registrations.services import waiting as waiting_list
from events.registrations.services.forgetting import forget
from partnership.people import tokens
from partnership.people.tokens import TokenAlreadySpent
from tests.factories.cities import city_pair
from tests.factories.events import at, make_event
from tests.factories.people import ParticipantFactory, ResidentFactory
from tests.factories.registrations import RegistrationFactory, fresh_token

pytestmark = pytest.mark.django_db

WAITING = RegistrationStatus.WAITING
OFFERED, CANCELLED = RegistrationStatus.OFFERED, RegistrationStatus.CANCELLED


def take(event, *, city=None, **choices):
    participant = ParticipantFactory(resident__city=city)
    return sign_up(event, participant=participant, form_token=fresh_token(), **choices)


def changed(registration, **choices):
    token = tokens.issue("registrations.change")
    return change(registration, **{"form_token": token, "party_size": 1, **choices})


def status_of(registration):
    return Registration.objects.get(pk=registration.pk).status


def stored(event, **fields):
    EventPage.objects.filter(pk=event.pk).update(**fields)
    return EventPage.objects.get(pk=event.pk)


@pytest.mark.both
def test_nobody_waits_for_places_of_which_there_are_none_for_them():
    event = make_event(capacity=2, has_waiting_list=True)
    for city in city_pair():
        CityQuota.objects.create(event=event, city=city, places=1)

    with pytest.raises(refusals.QuotaFull):
        take(event, city=None)


def test_what_was_said_for_a_cancelled_event_is_not_changed():
    registration = take(make_event())
    registration.event = stored(registration.event, event_status="cancelled")

    with pytest.raises(refusals.CannotChange):
        changed(registration, needs="A ramp")


def test_the_same_form_changes_a_place_once():
    registration, token = take(make_event()), tokens.issue("registrations.change")
    changed(registration, form_token=token, needs="A ramp")

    with pytest.raises(TokenAlreadySpent):
        changed(registration, form_token=token, needs="No ramp")

    assert Registration.objects.get().needs == "A ramp"


def test_a_group_in_places_that_were_kept_back_takes_none_of_the_others():
    event = make_event(capacity=10, reserved_places=2)
    registration = RegistrationFactory(event=event, from_reserve=True)

    with pytest.raises(refusals.EventFull):
        changed(registration, party_size=2)


@pytest.mark.both
def test_a_group_does_not_grow_past_those_who_wait():
    event = make_event(capacity=3)
    registration = take(event)
    RegistrationFactory(event=event, party_size=3, status=WAITING)

    with pytest.raises(refusals.EventFull):
        changed(registration, party_size=2)


@pytest.mark.both
def test_what_becomes_free_when_nobody_can_sign_up_is_offered_to_nobody():
    event = make_event(capacity=1)
    first, second = take(event), take(event)
    first.event = stored(event, sign_up_closes_at=timezone.now() - timedelta(minutes=1))

    cancel(first)

    assert status_of(second) == WAITING


@pytest.mark.both
def test_who_waits_for_places_of_a_city_holds_up_nobody_from_elsewhere():
    event = make_event(capacity=2, quotas_release_at=at(2098, 5, 1, 8))
    alder = city_pair()[0]
    CityQuota.objects.create(event=event, city=alder, places=1)
    take(event, city=alder)
    from_elsewhere = take(event)
    of_the_city, next_in_line = take(event, city=alder), take(event)

    cancel(from_elsewhere)

    assert [status_of(of_the_city), status_of(next_in_line)] == [WAITING, OFFERED]


def test_only_who_waits_is_given_a_place_by_hand():
    registration = take(make_event(capacity=9, reserved_places=5))
    cancel(registration)

    with pytest.raises(refusals.NoPlaceToGive):
        promote(registration, by=ResidentFactory(), reason="She asked")

    assert status_of(registration) == CANCELLED


def test_of_several_those_who_have_a_place_by_now_are_not_told_that_there_is_none():
    event = make_event(capacity=9, reserved_places=1)
    first, second = (RegistrationFactory(event=event, status=WAITING) for _person in range(2))
    by, chosen = ResidentFactory(), list(Registration.objects.order_by("pk"))
    promote(first, by=by, reason="She asked")
    stored(event, capacity=1)

    assert promote_each(chosen, by=by, reason="Both asked") == ([], [second])


@pytest.mark.both
def test_a_list_that_is_open_again_by_now_is_not_closed(monkeypatch):
    event = make_event(capacity=1)
    take(event)
    waiting = take(event)
    stored(event, sign_up_closes_at=timezone.now() - timedelta(minutes=1))
    lock = timely.waiting.lock

    def reopened_meanwhile(event):
        return lock(stored(event, sign_up_closes_at=None))

    monkeypatch.setattr(timely.waiting, "lock", reopened_meanwhile)

    assert timely.close_lists() == 0
    assert status_of(waiting) == WAITING


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_a_list_of_what_does_not_happen_is_not_closed(status):
    event = make_event(capacity=1)
    take(event)
    waiting = take(event)
    closed_at = timezone.now() - timedelta(minutes=1)
    stored(event, event_status=status, sign_up_closes_at=closed_at)

    assert timely.close_lists() == 0
    assert status_of(waiting) == WAITING


def offered_and_not_answered():
    event = make_event(capacity=1)
    first, second = take(event), take(event)
    cancel(first)
    Registration.objects.offered().update(offer_expires_at=timezone.now() - timedelta(seconds=1))
    return event, second


def test_an_offer_of_what_was_put_off_meanwhile_does_not_end(monkeypatch):
    _event, offered = offered_and_not_answered()
    lock = timely.waiting.lock

    def put_off_meanwhile(event):
        event = stored(event, event_status="postponed")
        Registration.objects.update(told=facts.digest(event))
        return lock(event)

    monkeypatch.setattr(timely.waiting, "lock", put_off_meanwhile)

    assert timely.expire_offers() == 0
    assert status_of(offered) == OFFERED


@pytest.mark.both
def test_nobody_is_told_what_is_new_about_an_event_that_is_not_public():
    event, offered = offered_and_not_answered()
    stored(event, live=False, starts_at=event.starts_at + timedelta(hours=1))

    assert timely.expire_offers() == 1
    assert status_of(offered) == CANCELLED


def places_of_tomorrow(**signed_up):
    event = make_event(starts_at=timezone.now() + timedelta(hours=20))
    places = [RegistrationFactory(event=event) for _person in range(2)]
    Registration.objects.update(created_at=timezone.now() - timedelta(**signed_up))
    return places


@pytest.mark.parametrize(("hours", "reminded"), [(1, 0), (30, 2)])
def test_who_signed_up_a_moment_ago_is_not_reminded(hours, reminded):
    places_of_tomorrow(hours=hours)

    assert timely.remind() == reminded


def test_who_gives_a_place_back_meanwhile_is_not_reminded(monkeypatch):
    places = places_of_tomorrow(days=9)
    reminder = timely.mail.reminder

    def given_back_meanwhile(registration):
        cancel(next(each for each in places if each.pk != registration.pk))
        return reminder(registration)

    monkeypatch.setattr(timely.mail, "reminder", given_back_meanwhile)

    assert timely.remind() == 1


@pytest.mark.parametrize(("days", "thanked"), [(1, 1), (8, 0)])
def test_nobody_is_thanked_for_what_is_long_over(days, thanked):
    over = timezone.now() - timedelta(days=days)
    RegistrationFactory(event=make_event(starts_at=over - timedelta(hours=4)))

    assert timely.thank() == thanked


@pytest.mark.both
def test_of_a_city_with_more_people_than_places_nothing_is_free():
    event = make_event(capacity=9)
    alder = city_pair()[0]
    RegistrationFactory(event=event, city=alder, party_size=4)
    CityQuota.objects.create(event=event, city=alder, places=3)

    assert Room.at(event).left_for(alder.pk) == 0


@pytest.mark.both
def test_places_kept_for_a_city_are_not_free_where_others_have_filled_the_event():
    event = make_event(capacity=4)
    alder = city_pair()[0]
    RegistrationFactory(event=event, city=None, party_size=4)
    CityQuota.objects.create(event=event, city=alder, places=3)

    assert Room.at(event).left_for(alder.pk) == 0


@pytest.mark.both
def test_who_is_let_in_while_the_account_is_erased_is_erased_all_the_same(monkeypatch):
    place = RegistrationFactory(needs="A ramp")
    lock_place = waiting_list.lock_place

    def let_in_meanwhile(registration, event):
        rows = Registration.objects.filter(pk=registration.pk)
        rows.update(status=RegistrationStatus.ATTENDED, arrived=1)
        return lock_place(registration, event)

    monkeypatch.setattr(waiting_list, "lock_place", let_in_meanwhile)

    forget(place.participant, keep_words=True)

    assert Registration.objects.get().needs == ""


def test_an_offer_of_what_was_cancelled_is_not_taken():
    event, offered = offered_and_not_answered()
    Registration.objects.offered().update(offer_expires_at=timezone.now() + timedelta(hours=1))
    stored(event, event_status="cancelled")

    with pytest.raises(refusals.EventCancelled):
        accept(offered)
