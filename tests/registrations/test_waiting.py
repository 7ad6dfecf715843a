"""The waiting list: in order of arrival, nobody overtakes, nothing stays empty."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from events.models import EventPage
from events.registrations import refusals
from events.registrations.enums import RegistrationStatus
from events.registrations.models import CityQuota, Registration
from events.registrations.room import Room, position_of
from events.registrations.services import accept, cancel, change, promote, sign_up, timely, waiting
from partnership.outbox.models import OutgoingMail
from partnership.people import tokens
from tests.factories.cities import city_pair
from tests.factories.events import at, make_event
from tests.factories.people import ParticipantFactory, ResidentFactory
from tests.factories.registrations import RegistrationFactory, fresh_token

pytestmark = [pytest.mark.both, pytest.mark.django_db]

REGISTERED, WAITING = RegistrationStatus.REGISTERED, RegistrationStatus.WAITING
OFFERED, CANCELLED = RegistrationStatus.OFFERED, RegistrationStatus.CANCELLED


def take(event, *, city=None, **choices):
    participant = ParticipantFactory(resident__city=city)
    return sign_up(event, participant=participant, form_token=fresh_token(), **choices)


def statuses(*registrations):
    return [Registration.objects.get(pk=each.pk).status for each in registrations]


def mails(kind):
    return OutgoingMail.objects.filter(kind=kind)


def changed(registration, **choices):
    values = {"party_size": registration.party_size, **choices}
    return change(registration, form_token=tokens.issue("registrations.change"), **values)


def with_quotas(event, **places):
    cities = dict(zip(("alder", "puerto"), city_pair(), strict=True))
    for code, number in places.items():
        CityQuota.objects.create(event=event, city=cities[code], places=number)
    return event


def test_who_finds_no_place_waits_in_order_of_arrival():
    event = make_event(capacity=1)

    first, second, third = (take(event) for _person in range(3))

    assert statuses(first, second, third) == [REGISTERED, WAITING, WAITING]
    assert [position_of(each) for each in (first, second, third)] == [None, 1, 2]
    mail = mails("registration_waiting").get(to=third.participant.email)
    assert "number 2 in line" in mail.text
    assert mail.attachments == []


def test_a_freed_place_is_offered_to_the_first_in_line_only():
    event = make_event(capacity=1)
    first, second, third = (take(event) for _person in range(3))

    cancel(first)

    assert statuses(first, second, third) == [CANCELLED, OFFERED, WAITING]
    assert mails("registration_offered").get().to == second.participant.email


def test_an_offer_is_taken_and_confirmed():
    event = make_event(capacity=1)
    first, second = take(event), take(event)
    cancel(first)

    accept(second)

    assert statuses(second) == [REGISTERED]
    mail = mails("registration_confirmed").get(to=second.participant.email)
    names = [attached["name"] for attached in mail.attachments]
    assert names == [f"{event.slug_in('en')}.ics", f"{second.code_in_groups}.png"]
    with pytest.raises(refusals.OfferExpired):
        accept(second)


def test_an_offer_passed_on_goes_to_the_next():
    event = make_event(capacity=1)
    first, second, third = (take(event) for _person in range(3))
    cancel(first)

    cancel(second)

    assert statuses(second, third) == [CANCELLED, OFFERED]


def test_an_offer_that_nobody_answers_goes_to_the_next_once():
    event = make_event(capacity=1)
    first, second, third = (take(event) for _person in range(3))
    cancel(first)
    Registration.objects.offered().update(offer_expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(refusals.OfferExpired):
        accept(second)
    assert [timely.expire_offers(), timely.expire_offers()] == [1, 0]

    assert statuses(second, third) == [CANCELLED, OFFERED]
    assert mails("registration_expired").get().to == second.participant.email


@pytest.mark.parametrize(
    ("closes_in", "lasts"),
    [
        (timedelta(days=30), timedelta(hours=48)),
        (timedelta(days=4), timedelta(hours=24)),
        (timedelta(hours=2), timedelta(hours=1)),
        (timedelta(minutes=20), timedelta(minutes=20)),
    ],
)
def test_an_offer_stands_48_hours_and_less_near_the_event(closes_in, lasts):
    now = timezone.now()
    event = make_event(starts_at=now + closes_in)

    assert waiting.offer_ends_at(event, now) == now + lasts


def test_a_large_group_is_not_overtaken_by_a_small_one():
    event = make_event(capacity=4)
    holders = [take(event) for _person in range(4)]
    family, single = take(event, party_size=3), take(event)

    cancel(holders[0])
    cancel(holders[1])
    assert statuses(family, single) == [WAITING, WAITING]
    assert take(event).status == WAITING  # nor by who comes later, though two places are free

    cancel(holders[2])
    assert statuses(family, single) == [OFFERED, WAITING]


def test_places_enough_but_too_few_for_a_group_are_a_choice():
    event = make_event(capacity=3)
    take(event, party_size=2)

    with pytest.raises(refusals.EventFull) as refused:
        take(event, party_size=2)
    assert "Come with fewer people, or wait for all of you." in str(refused.value)

    assert take(event, party_size=2, may_wait=True).status == WAITING


def test_a_group_for_which_there_can_never_be_room_does_not_wait():
    event = make_event(capacity=2)
    take(event, party_size=2)

    with pytest.raises(refusals.GroupTooLargeToWait):
        take(event, party_size=3)


def test_without_a_waiting_list_full_is_full():
    event = make_event(capacity=1, has_waiting_list=False)
    take(event)

    with pytest.raises(refusals.EventFull):
        take(event)


def test_a_smaller_group_frees_places_and_a_waiting_one_keeps_its_turn():
    event = make_event(capacity=3)
    large = take(event, party_size=3)
    family, single = take(event, party_size=2), take(event)

    changed(family, party_size=1)
    assert [position_of(family), position_of(single)] == [1, 2]
    changed(large, party_size=2)

    assert statuses(large, family, single) == [REGISTERED, OFFERED, WAITING]


def test_a_waiting_group_that_grows_goes_to_the_end():
    event = make_event(capacity=2)
    take(event, party_size=2)
    first, second = take(event), take(event)

    first = changed(first, party_size=2)

    assert [position_of(first), position_of(second)] == [2, 1]


def test_who_has_a_place_cannot_grow_past_those_who_wait():
    event = make_event(capacity=3)
    holder, other = take(event), take(event, party_size=2)
    take(event, party_size=2)
    cancel(other)

    with pytest.raises(refusals.EventFull):
        changed(holder, party_size=2)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"sign_up_closes_at": at(2020, 1, 1)}, refusals.SignUpClosed),
        ({"event_status": "postponed"}, refusals.EventPostponed),
    ],
)
def test_while_nobody_can_sign_up_a_group_may_shrink_and_not_grow(facts, refusal):
    event = make_event(capacity=6)
    group = take(event, party_size=3)
    EventPage.objects.filter(pk=event.pk).update(**facts)

    with pytest.raises(refusal) as refused:
        changed(group, party_size=4)

    assert refused.value.field == "party_size"
    assert changed(group, party_size=3, needs="A ramp").needs == "A ramp"
    assert changed(group, party_size=2).party_size == 2


# Quotas --------------------------------------------------------------------------------------


def test_a_city_keeps_its_places_until_they_are_released():
    alder, puerto = city_pair()
    event = with_quotas(make_event(capacity=3), alder=1, puerto=1)

    ours, too_many = take(event, city=alder), take(event, city=alder)
    elsewhere, more = take(event), take(event)
    theirs = take(event, city=puerto)

    assert statuses(ours, elsewhere, theirs) == [REGISTERED] * 3
    assert statuses(too_many, more) == [WAITING, WAITING]
    assert [position_of(too_many), position_of(more)] == [1, 1]  # a queue for each


def test_released_places_go_to_all_who_wait_in_order():
    alder, _puerto = city_pair()
    event = with_quotas(make_event(capacity=4), alder=1, puerto=2)
    take(event, city=alder)
    first, elsewhere = take(event, city=alder), take(event)
    second = take(event)
    assert statuses(first, elsewhere, second) == [WAITING, REGISTERED, WAITING]

    event.quotas_release_at = timezone.now()
    event.save()
    timely.offer_what_became_free()

    assert statuses(first, second) == [OFFERED, OFFERED]
    assert Room.at(event).left == 0


def test_a_freed_place_of_a_city_is_offered_in_its_own_queue():
    alder, _puerto = city_pair()
    event = with_quotas(make_event(capacity=2), alder=1)
    stranger, ours = take(event), take(event, city=alder)
    other_waits, we_wait = take(event), take(event, city=alder)

    cancel(ours)
    assert statuses(other_waits, we_wait) == [WAITING, OFFERED]
    cancel(stranger)
    assert statuses(other_waits) == [OFFERED]


# By hand ---------------------------------------------------------------------------------------


def test_places_kept_back_are_not_for_signing_up_and_are_given_by_hand():
    event = make_event(capacity=2, reserved_places=1)
    first, second, third = (take(event) for _person in range(3))
    host = ResidentFactory()

    promote(third, by=host, reason="Speaks at the opening")

    third.refresh_from_db()
    assert statuses(first, second, third) == [REGISTERED, WAITING, REGISTERED]
    assert (third.from_reserve, third.promoted_by) == (True, host)
    with pytest.raises(refusals.NoPlaceToGive):
        promote(second, by=host, reason="Wants to come")


def test_giving_a_place_by_hand_needs_a_reason():
    event = make_event(capacity=1, reserved_places=1)

    with pytest.raises(refusals.PromotionWithoutReason):
        promote(take(event), by=ResidentFactory(), reason=" ")


def test_a_place_given_from_those_kept_back_takes_none_from_the_others():
    event = make_event(capacity=3, reserved_places=1)
    waiting_one = RegistrationFactory(event=event, status="waiting")
    promote(waiting_one, by=ResidentFactory(), reason="Interpreter")

    assert Room.at(event).left == 2
    assert event.count_places_taken() == 0


# The clock ---------------------------------------------------------------------------------------


def test_when_sign_up_closes_everybody_who_waits_is_told_once():
    event = make_event(capacity=1)
    holder, patient = take(event), take(event)
    event.sign_up_closes_at = timezone.now()
    event.save()

    assert [timely.close_lists(), timely.close_lists()] == [1, 0]

    assert statuses(holder, patient) == [REGISTERED, CANCELLED]
    assert mails("registration_closed").get().to == patient.participant.email


def test_a_cancelled_event_is_told_to_everybody_once_in_their_language():
    event = make_event(capacity=1, title_es="La calle")
    holder = sign_up(
        event,
        participant=ParticipantFactory(resident__language_code="es"),
        form_token=fresh_token(),
    )
    patient = take(event)
    event.event_status = "cancelled"
    event.save()

    assert [timely.tell_changes(), timely.tell_changes()] == [2, 0]

    told = mails("event_cancelled").get(to=holder.participant.email)
    assert (told.language_code, "La calle" in told.subject) == ("es", True)
    assert len(told.attachments) == 1
    assert statuses(holder, patient) == [REGISTERED, CANCELLED]
    assert timely.close_lists() == 0


def test_a_new_date_is_told_once_and_reminded_of_again():
    event = make_event(starts_at=timezone.now() + timedelta(hours=20))
    place = take(event)
    Registration.objects.update(created_at=at(2020, 1, 1))
    assert [timely.tell_changes(), timely.remind(), timely.remind()] == [0, 1, 0]

    event.starts_at += timedelta(hours=2)
    event.ends_at += timedelta(hours=2)
    event.save()

    assert [timely.tell_changes(), timely.tell_changes()] == [1, 0]
    assert [timely.remind(), timely.remind()] == [1, 0]
    assert mails("event_changed").get().to == place.participant.email
    assert mails("registration_reminder").count() == 2


def test_those_who_were_there_are_thanked_once():
    event = make_event(starts_at=timezone.now() - timedelta(days=1))
    came = RegistrationFactory(event=event, status="attended")
    RegistrationFactory(event=event, status="no_show")

    assert [timely.thank(), timely.thank()] == [1, 0]

    assert mails("registration_thanks").get().to == came.participant.email


def test_two_months_later_nobody_knows_what_was_written():
    event = make_event(starts_at=timezone.now() - timedelta(days=70))
    RegistrationFactory(event=event, needs="A ramp", answers={"x": "y"})
    RegistrationFactory(event=make_event(), needs="A lift")

    assert timely.forget_details() == 1

    assert list(Registration.objects.order_by("pk").values_list("needs", "answers")) == [
        ("", {}),
        ("A lift", {}),
    ]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_refusal_is_a_sentence_in_the_readers_language(language):
    with translation.override("en"):
        english = [str(each) for each in every_refusal()]
    with translation.override(language):
        said = [str(each) for each in every_refusal()]

    assert all(sentence.endswith((".", "?")) for sentence in said)
    assert (said == english) is (language == "en")
    assert not set(said) & set(english) or language == "en"


def every_refusal():
    return [
        refusals.SignUpClosed(),
        refusals.EventFull(0),
        refusals.EventFull(2, may_wait=True),
        refusals.GroupTooLargeToWait(4),
        refusals.AlreadyHasPlace(),
        refusals.OfferExpired(),
        refusals.LinkNotOurs(),
        refusals.PartyTooLarge(6),
        refusals.NotYourCity(),
        refusals.GuardianMissing("guardian_name"),
        refusals.CannotChange(),
        refusals.NoPlaceToGive(),
        refusals.PromotionWithoutReason(),
    ]
