"""What becomes of a guest's places when the person makes an account, or takes that address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.registrations.guardians.mail import ASKED
from events.registrations.models import Registration
from events.registrations.services import sign_up
from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.guests import GuestDetails
from partnership.people.models import Participant
from tests.factories.events import make_event
from tests.factories.people import ParticipantFactory
from tests.factories.registrations import RegistrationFactory, fresh_token

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def guest_at(event, email="ana@example.org"):
    guest = guests.recognise(GuestDetails(email=email, name="Ana", city=None, language_code="en"))
    return sign_up(event, participant=guest, form_token=fresh_token())


def test_an_account_takes_over_the_places_of_its_guest():
    event = make_event(capacity=2)
    own, other = guest_at(event), guest_at(make_event(title="Other"))
    account = ParticipantFactory(resident__email="ana@example.org")
    theirs = sign_up(event, participant=account, form_token=fresh_token())

    guests.claim(account.resident)

    assert Participant.objects.get() == account
    assert set(account.registrations.values_list("pk", flat=True)) == {theirs.pk, other.pk}
    assert not Registration.objects.filter(pk=own.pk).exists()


def test_a_place_that_merging_frees_is_offered():
    event = make_event(capacity=2)
    guest_at(event)
    account = ParticipantFactory(resident__email="ana@example.org")
    sign_up(event, participant=account, form_token=fresh_token())
    patient = sign_up(event, participant=ParticipantFactory(), form_token=fresh_token())

    guests.claim(account.resident)

    patient.refresh_from_db()
    assert patient.is_offered


@pytest.mark.parametrize(
    ("of_the_guest", "of_the_account", "stays"),
    [
        ("registered", "waiting", "the guest's"),
        ("registered", "offered", "the guest's"),
        ("offered", "waiting", "the guest's"),
        ("attended", "registered", "the guest's"),
        ("waiting", "registered", "the account's"),
        ("waiting", "waiting", "the account's"),
        ("registered", "attended", "the account's"),
    ],
)
def test_of_two_at_one_event_the_one_that_is_worth_more_stays(of_the_guest, of_the_account, stays):
    event, ends = make_event(capacity=1), timezone.now() + timedelta(hours=1)
    guest = guests.recognise(
        GuestDetails(email="ana@example.org", name="Ana", city=None, language_code="en")
    )
    account = ParticipantFactory(resident__email="ana@example.org")
    first, second = (
        RegistrationFactory(
            event=event,
            participant=who,
            status=status,
            offer_expires_at=ends if status == "offered" else None,
        )
        for who, status in ((guest, of_the_guest), (account, of_the_account))
    )

    guests.claim(account.resident)

    assert account.registrations.get() == (first if stays == "the guest's" else second)
    assert Registration.objects.count() == 1


def test_what_the_account_was_offered_goes_to_the_next_when_the_guest_had_a_place():
    event = make_event(capacity=2)
    place = guest_at(event)
    account = ParticipantFactory(resident__email="ana@example.org")
    RegistrationFactory(
        event=event, participant=account, status="offered", offer_expires_at=event.starts_at
    )
    patient = sign_up(event, participant=ParticipantFactory(), form_token=fresh_token())

    guests.claim(account.resident)

    patient.refresh_from_db()
    assert (account.registrations.get().pk, patient.is_offered) == (place.pk, True)


def test_a_place_given_back_by_the_account_does_not_cost_the_guests():
    event = make_event()
    place = guest_at(event)
    account = ParticipantFactory(resident__email="ana@example.org")
    RegistrationFactory(
        event=event, participant=account, status="cancelled", cancelled_at=event.starts_at
    )

    guests.claim(account.resident)

    assert account.registrations.get().pk == place.pk


def test_what_was_written_to_a_guardian_of_the_place_that_goes_goes_with_it():
    event = make_event(capacity=2)
    of_guest = guest_at(event)
    Registration.objects.filter(pk=of_guest.pk).update(
        guardian_email="parent@example.org", guardian_until=event.starts_at, is_minor=True
    )
    account = ParticipantFactory(resident__email="ana@example.org")
    sign_up(event, participant=account, form_token=fresh_token())
    about = f"{of_guest._meta.label_lower}:{of_guest.pk}"
    OutgoingMail.objects.create(kind=ASKED, to="parent@example.org", about=about)

    guests.claim(account.resident)

    assert not OutgoingMail.objects.filter(to="parent@example.org").exists()
