"""Take a place, give it back: what the services promise."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from events.registrations import refusals
from events.registrations.codes import is_well_formed
from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration
from events.registrations.services import cancel, sign_up
from partnership.outbox.models import OutgoingMail
from partnership.people.tokens import TokenAlreadySpent, TokenExpired
from tests.factories.cities import city_pair
from tests.factories.events import add_venue, at, make_event, make_past_event
from tests.factories.people import ParticipantFactory
from tests.factories.registrations import RegistrationFactory, fresh_token

pytestmark = pytest.mark.django_db


def take(event, participant=None, **choices):
    participant = participant or ParticipantFactory()
    return sign_up(event, participant=participant, **{"form_token": fresh_token(), **choices})


def test_a_resident_gets_a_place_with_a_code():
    event = make_event(capacity=2)
    resident = ParticipantFactory()

    registration = take(event, resident, party_size=2, language_code="es", needs="A ramp")

    kept = Registration.objects.get()
    assert kept == registration
    assert (kept.event_id, kept.participant) == (event.pk, resident)
    assert (kept.party_size, kept.language_code, kept.needs) == (2, "es", "A ramp")
    assert kept.status == RegistrationStatus.REGISTERED
    assert is_well_formed(kept.code)


def test_the_home_city_is_copied_and_moving_house_changes_nothing_afterwards():
    alder, puerto = city_pair()
    event = make_event()
    add_venue(event, alder)
    participant = ParticipantFactory(resident__city=puerto)

    registration = take(event, participant, joins_in=alder)
    participant.resident.city = alder
    participant.resident.save()

    registration.refresh_from_db()
    assert (registration.city, registration.joins_in) == (puerto, alder)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"event_status": "cancelled"}, refusals.EventCancelled),
        ({"event_status": "postponed"}, refusals.EventPostponed),
        ({"takes_sign_up": False}, refusals.SignUpNotNeeded),
        ({"sign_up_closes_at": at(2020, 1, 1)}, refusals.SignUpClosed),
        ({"sign_up_opens_at": at(2099, 1, 1)}, refusals.SignUpNotOpenYet),
        ({"starts_at": at(2020, 1, 1), "ends_at": at(2020, 1, 2)}, refusals.EventOver),
        ({"max_party_size": 2}, refusals.PartyTooLarge),
        ({"capacity": 2}, refusals.EventFull),
    ],
)
def test_a_refusal_writes_nothing_and_leaves_the_token_whole(fields, refusal):
    event = make_event(**fields)
    token = fresh_token()

    with pytest.raises(refusal) as refused:
        take(event, party_size=3, form_token=token)

    assert not Registration.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert str(refused.value)
    take(make_event(), form_token=token)


@pytest.mark.parametrize(
    ("capacity", "taken", "asked", "sentence"),
    [
        (3, 3, 1, "All places are taken. If somebody gives one back, it appears here at once."),
        (3, 2, 2, "Only 1 place is left. Come with fewer people?"),
        (3, 1, 3, "Only 2 places are left. Come with fewer people?"),
    ],
)
def test_a_full_event_says_what_is_left(capacity, taken, asked, sentence):
    event = make_event(capacity=capacity, has_waiting_list=False)
    RegistrationFactory(event=event, party_size=taken)

    with pytest.raises(refusals.EventFull) as refused:
        take(event, party_size=asked)

    assert str(refused.value) == sentence
    assert refused.value.places_left == capacity - taken


def test_when_sign_up_opens_is_told_on_every_clock():
    city_pair()
    event = make_event(sign_up_opens_at=at(2099, 5, 1, 8), starts_at=at(2099, 5, 15))

    with pytest.raises(refusals.SignUpNotOpenYet) as refused:
        take(event)

    assert "09:00" in str(refused.value)
    assert "10:00" in str(refused.value)
    assert "Puerto Almendro" in str(refused.value)


def test_one_person_has_one_place_per_event():
    registration = take(make_event())

    with pytest.raises(refusals.AlreadyHasPlace):
        take(registration.event, registration.participant)

    assert Registration.objects.count() == 1


@pytest.mark.both
def test_the_rule_of_one_place_is_in_the_schema():
    registration = RegistrationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        RegistrationFactory(event=registration.event, participant=registration.participant)


@pytest.mark.both
@pytest.mark.parametrize(
    "wrong", [{"party_size": 0}, {"status": "cancelled"}, {"cancelled_at": at(2026, 1, 1)}]
)
def test_rows_that_make_no_sense_are_refused_by_the_schema(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        RegistrationFactory(**wrong)


def test_the_same_form_counts_once():
    event, token = make_event(), fresh_token()
    registration = take(event, form_token=token)

    with pytest.raises(TokenAlreadySpent):
        take(event, registration.participant, form_token=token)

    assert Registration.objects.count() == 1


def test_a_forged_token_is_refused():
    with pytest.raises(TokenExpired):
        take(make_event(), form_token="x")

    assert not Registration.objects.exists()


def test_one_joins_only_where_the_event_is():
    alder, puerto = city_pair()
    event = make_event()
    add_venue(event, alder)

    with pytest.raises(refusals.NoSuchVenue):
        take(event, joins_in=puerto)


def test_a_place_given_back_is_free_for_somebody_else():
    event = make_event(capacity=1)
    first = take(event)

    cancel(first, by=first.participant.resident)
    second = take(event)

    first.refresh_from_db()
    assert first.status == RegistrationStatus.CANCELLED
    assert first.cancelled_by == first.participant.resident
    assert event.registrations.active().get() == second


def test_taking_a_place_again_wakes_the_same_row():
    first = take(make_event(), party_size=3)
    cancel(first, by=first.participant.resident)

    again = take(first.event, first.participant, party_size=1)

    assert (again.pk, again.code, again.party_size) == (first.pk, first.code, 1)
    assert (again.status, again.cancelled_at) == (RegistrationStatus.REGISTERED, None)


def test_a_place_is_given_back_once():
    registration = take(make_event())
    stale = Registration.objects.get(pk=registration.pk)
    cancel(registration, by=registration.participant.resident)

    with pytest.raises(refusals.CannotCancel):
        cancel(stale, by=registration.participant.resident)

    assert OutgoingMail.objects.filter(kind="registration_cancelled").count() == 1


def test_a_place_cannot_be_given_back_when_the_event_is_over():
    registration = RegistrationFactory(event=make_past_event())

    with pytest.raises(refusals.CannotCancel):
        cancel(registration, by=registration.participant.resident)


@pytest.mark.parametrize(
    ("language", "subject", "hours"),
    [
        ("en", "You have a place: Redrawing", "15 May 2099"),
        ("es", "You have a place: Rediseñar", "15 de mayo de 2099"),
    ],
)
def test_the_mail_is_in_the_residents_language_whoever_looks_on(language, subject, hours):
    city_pair()
    hours_of_it = {"starts_at": at(2099, 5, 15, 9), "ends_at": at(2099, 5, 15, 13)}
    event = make_event(title_en="Redrawing", title_es="Rediseñar", **hours_of_it)
    participant = ParticipantFactory(resident__language_code=language)

    with translation.override("en"):
        registration = take(event, participant)

    mail = OutgoingMail.objects.get(kind="registration_confirmed")
    assert (mail.to, mail.language_code) == (participant.resident.email, language)
    assert subject.split(": ")[1] in mail.subject
    assert hours in mail.text
    assert registration.code in mail.text
    assert f"/{language}/" in mail.text
    names = [attached["name"] for attached in mail.attachments]
    assert names == [f"{event.slug_in(language)}.ics", f"{registration.code_in_groups}.png"]


def test_mail_that_cannot_be_sent_does_not_cost_the_place(
    settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1

    with django_capture_on_commit_callbacks(execute=True):
        registration = take(make_event())

    assert Registration.objects.get() == registration
    assert OutgoingMail.objects.get().state == "waiting"
