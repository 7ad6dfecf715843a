"""An event without a date for now: what was offered waits with it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import EventPage
from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration
from events.registrations.services import accept, cancel, sign_up, timely
from partnership.outbox.models import OutgoingMail
from tests.factories.events import make_event
from tests.factories.people import ParticipantFactory
from tests.factories.registrations import fresh_token

pytestmark = pytest.mark.django_db

REGISTERED, WAITING = RegistrationStatus.REGISTERED, RegistrationStatus.WAITING
OFFERED, CANCELLED = RegistrationStatus.OFFERED, RegistrationStatus.CANCELLED


def take(event, **choices):
    return sign_up(event, participant=ParticipantFactory(), form_token=fresh_token(), **choices)


def statuses(*registrations):
    return [Registration.objects.get(pk=each.pk).status for each in registrations]


def mails(kind):
    return OutgoingMail.objects.filter(kind=kind)


@pytest.fixture
def offered():
    """Somebody who was offered a place an hour too long ago, and somebody behind them."""
    event = make_event(capacity=1)
    first, second, third = (take(event) for _person in range(3))
    cancel(first)
    timely.tell_changes()
    Registration.objects.offered().update(offer_expires_at=timezone.now() - timedelta(hours=1))
    return Registration.objects.get(pk=second.pk), third


def put(event, **facts):
    event = EventPage.objects.get(pk=event.pk)
    for name, value in facts.items():
        setattr(event, name, value)
    event.save()


def test_while_an_event_is_postponed_no_offer_runs_out(offered, client):
    place, behind = offered
    put(place.event, event_status="postponed")

    assert [timely.expire_offers(), timely.tell_changes(), timely.expire_offers()] == [0, 2, 0]

    assert statuses(place, behind) == [OFFERED, WAITING]
    assert not mails("registration_expired").exists()
    mail = mails("event_changed").get(to=place.participant.email)
    page = client.get(place.place_url).content.decode()
    for words in (mail.text.replace("\n", " "), page):
        assert "It is kept for you while the event is postponed." in words
    assert "Take the place" in page


def test_an_offer_of_a_postponed_event_can_be_taken(offered):
    place, _behind = offered
    put(place.event, event_status="postponed")

    accept(place)

    assert statuses(place) == [REGISTERED]


@pytest.mark.parametrize("first", [timely.expire_offers, timely.tell_changes])
def test_with_a_new_date_there_is_time_to_answer_anew(offered, first):
    place, behind = offered
    put(place.event, event_status="postponed")
    timely.tell_changes()
    later = timezone.now() + timedelta(days=60)
    put(
        place.event,
        event_status="rescheduled",
        starts_at=later,
        ends_at=later + timedelta(hours=1),
    )

    first()
    timely.tell_changes()
    timely.expire_offers()

    assert statuses(place, behind) == [OFFERED, WAITING]
    place.refresh_from_db()
    left = place.offer_expires_at - timezone.now()
    assert timedelta(hours=47) < left <= timedelta(hours=48)
    mail = mails("event_changed").filter(to=place.participant.email).latest("pk")
    assert "Answer before" in mail.text
    assert "Take it or pass it on" in mail.text
    Registration.objects.offered().update(offer_expires_at=timezone.now() - timedelta(hours=1))
    assert timely.expire_offers() == 1
    assert statuses(place, behind) == [CANCELLED, OFFERED]


@pytest.mark.both
def test_an_old_close_takes_no_offer_away_after_the_new_date():
    event = make_event(capacity=1, sign_up_closes_at=timezone.now() + timedelta(days=1))
    first, second = take(event), take(event)
    cancel(first)
    put(event, event_status="postponed")
    timely.tell_changes()
    put(event, sign_up_closes_at=timezone.now() - timedelta(hours=1))
    month = timedelta(days=30)
    dates = {"starts_at": event.starts_at + month, "ends_at": event.ends_at + month}
    put(event, event_status="rescheduled", **dates)

    timely.tell_changes()
    timely.expire_offers()

    assert statuses(second) == [OFFERED]


@pytest.mark.both
def test_people_are_told_what_becomes_of_it_after_its_first_date():
    event = make_event()
    take(event)
    put(event, event_status="postponed")
    timely.tell_changes()
    EventPage.objects.update(
        starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1)
    )
    timely.tell_changes()
    put(event, event_status="cancelled")

    timely.tell_changes()

    assert mails("event_cancelled").count() == 1


def test_while_there_is_no_new_date_a_place_is_given_back_after_the_first_one():
    event = make_event()
    held, changed = take(event), take(event)
    put(event, event_status="postponed")
    EventPage.objects.update(
        starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1)
    )

    cancel(Registration.objects.get(pk=held.pk))

    assert statuses(held) == [CANCELLED]
    assert Registration.objects.get(pk=changed.pk).can_change
