"""What becomes of a place while a guardian is asked: time, the door, and what is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.enums import EventStatus
from events.models import EventPage, ExchangePage
from events.registrations.enums import RegistrationStatus
from events.registrations.guardians.words import consent_of, fingerprint
from events.registrations.models import Registration
from events.registrations.services.claiming import merge
from events.registrations.services.consent import (
    agree,
    give_up_waiting,
    record_on_paper,
    remind_guardians,
)
from events.registrations.services.forgetting import forget
from events.registrations.services.timely import forget_details, remind, tell_changes
from partnership.outbox.models import OutgoingMail
from partnership.people.copies import everything_about
from partnership.people.models import Participant
from tests.factories.events import make_event
from tests.factories.guardians import EVA, hall_for_one, held, kinds, link_to
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


@pytest.fixture
def hall():
    return hall_for_one()


# Time ----------------------------------------------------------------------------------------


@pytest.mark.both
def test_half_way_the_guardian_is_reminded_once(hall):
    place = held(hall)
    early = remind_guardians()
    asked_at = timezone.now() - timedelta(days=4)
    Registration.objects.update(guardian_asked_at=asked_at, guardian_until=asked_at + 7 * DAY)

    told = [remind_guardians(), remind_guardians()]

    assert (early, told) == (0, [1, 0])
    assert kinds(EVA) == ["guardian_asked", "guardian_reminded"]
    assert kinds(place.participant.email) == []


@pytest.mark.both
def test_what_nobody_confirmed_in_time_goes_to_the_next_in_line(client, hall):
    place = held(hall)
    waiting = RegistrationFactory(event=hall, status=RegistrationStatus.WAITING)
    link = link_to()
    early = give_up_waiting()
    Registration.objects.filter(pk=place.pk).update(guardian_until=timezone.now())
    late = client.get(link).status_code

    given_up = [give_up_waiting(), give_up_waiting()]

    waiting.refresh_from_db()
    place.refresh_from_db()
    assert (early, late, given_up) == (0, 410, [1, 0])
    assert (place.status, place.guardian_email, waiting.is_offered) == ("cancelled", "", True)
    assert "did not confirm in time" in OutgoingMail.objects.get(to=place.participant.email).text


def test_while_the_event_is_postponed_nobody_runs_out_of_time(client, hall):
    place = held(hall)
    Registration.objects.update(guardian_until=timezone.now() - DAY)
    EventPage.objects.update(event_status=EventStatus.POSTPONED)

    waits = give_up_waiting()
    link = client.get(link_to()).status_code
    EventPage.objects.update(event_status=EventStatus.RESCHEDULED)
    anew = give_up_waiting()

    place.refresh_from_db()
    assert (waits, link, anew) == (0, 200, 0)
    assert place.guardian_until > timezone.now() + 6 * DAY


def test_an_event_that_is_off_lets_the_guardian_go(client, hall):
    place = held(hall)
    link = link_to()
    hall.event_status = EventStatus.CANCELLED
    hall.save()

    tell_changes()

    place.refresh_from_db()
    assert (place.status, place.guardian_email) == ("cancelled", "")
    assert client.get(link).status_code == 410
    assert kinds(place.participant.email) == ["event_cancelled"]


def test_nobody_is_told_that_it_is_tomorrow_before_the_guardian_has_answered(hall):
    place = held(hall)
    soon = timezone.now() + timedelta(hours=3)
    EventPage.objects.update(starts_at=soon)
    Registration.objects.update(created_at=timezone.now() - 5 * DAY)

    before = remind()
    record_on_paper(place, by=ResidentFactory())

    assert (before, remind()) == (0, 1)


# Staff ---------------------------------------------------------------------------------------


def test_the_door_lets_nobody_in_before_the_consent_and_records_it_on_paper(client, hall):
    place = held(hall)
    EventPage.objects.update(starts_at=timezone.now() + HOUR)
    client.force_login(ResidentFactory(is_superuser=True, is_staff=True))
    here = f"/en/door/{place.code}/"

    row = client.get("/en/events/hall/door/").content.decode()
    before = client.get(here).content.decode()
    after = client.post(f"{here}paper/", follow=True).content.decode()

    place.refresh_from_db()
    assert "Not yet confirmed by the guardian" in row
    assert f'name="code" value="{place.code}"' not in row
    assert "Not yet confirmed by the guardian." in before
    assert "Let in" not in before
    assert "Let in" in after
    assert (place.guardian_consent, place.guardian_email) == ("Given on paper.", "")
    assert place.guardian_recorded_by.is_superuser


def test_only_who_stands_at_this_door_records_a_consent(client, hall):
    place = held(hall)
    here = f"/en/door/{place.code}/paper/"
    codes = [client.post(here).status_code]
    for fields in ({}, {"is_staff": True}):
        client.force_login(ResidentFactory(**fields))
        codes.append(client.post(here).status_code)

    assert 200 not in codes
    assert Registration.objects.get().awaits_guardian


def test_staff_see_who_waits_and_note_what_came_on_paper(client, hall):
    place = held(hall)
    RegistrationFactory(event=make_event(title="Other"))
    client.force_login(ResidentFactory(is_superuser=True, is_staff=True))

    overview = client.get(f"/admin/event-places/{hall.pk}/").content.decode()
    listed = client.get("/admin/places/?guardian=true").content.decode()
    client.post(f"/admin/event-places/paper/{place.pk}/")
    none = client.get("/admin/places/?guardian=true").content.decode()

    assert "1 place waits for the consent of a guardian" in overview
    assert "Waits for the guardian" in listed
    assert (place.code in listed, place.code in none) == (True, False)
    assert not Registration.objects.filter(guardian_until__isnull=False).exists()


def test_a_new_event_begins_with_asking_and_others_stay_as_they_are(hall):
    form_class = ExchangePage.get_edit_handler().get_form_class()
    EventPage.objects.update(asks_guardians=False)
    old = EventPage.objects.get()

    assert form_class(instance=ExchangePage()).initial["asks_guardians"] is True
    assert (
        EventPage.get_edit_handler().get_form_class()(instance=old).initial["asks_guardians"]
        is False
    )


# What is kept --------------------------------------------------------------------------------


def test_two_months_after_the_event_only_that_somebody_agreed_is_left(hall):
    place = held(hall)
    read = fingerprint(consent_of(place))
    agree(place, asking=place._asking, read=read)
    EventPage.objects.update(starts_at=timezone.now() - 90 * DAY, ends_at=timezone.now() - 61 * DAY)

    forgotten = forget_details()

    place.refresh_from_db()
    assert forgotten == 1
    assert (place.guardian_name, place.guardian_consent) == ("", "")
    assert place.guardian_agreed_at is not None


def test_who_erases_the_account_takes_the_guardian_along(hall):
    place = held(hall)

    forget(place.participant, keep_words=False)

    place.refresh_from_db()
    assert (place.status, place.guardian_name, place.guardian_email) == ("cancelled", "", "")
    assert not OutgoingMail.objects.filter(to=EVA).exists()


def test_of_two_places_the_one_that_goes_takes_its_guardian_along(hall):
    account = held(hall, guardian_email="luz@example.org").participant
    guest = held(hall).participant
    Registration.objects.filter(participant=guest).update(status=RegistrationStatus.WAITING)

    merge(guest, account)

    assert Registration.objects.get().guardian_email == "luz@example.org"
    assert list(OutgoingMail.objects.values_list("to", flat=True)) == ["luz@example.org"]


def test_the_copy_of_ones_own_data_tells_what_the_guardian_agreed_to(hall):
    place = held(hall)
    agree(place, asking=place._asking, read=fingerprint(consent_of(place)))

    told = str(everything_about(Participant.objects.get(pk=place.participant_id)))

    assert "I am the parent or guardian of" in told


# Races ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.both
def test_of_an_answer_and_the_end_of_the_time_one_wins(run_in_threads, hall):
    place = held(hall)
    read, asking = fingerprint(consent_of(place)), place._asking

    def act(number):
        try:
            agree(place, asking=asking, read=read)
        except Exception as refusal:  # noqa: BLE001 - what it is called is compared
            return type(refusal).__name__
        return "agreed"

    told = run_in_threads(act, times=3)

    assert sorted(told) == ["GuardianLinkOver", "GuardianLinkOver", "agreed"]
    assert kinds(place.participant.email) == ["registration_confirmed"]
