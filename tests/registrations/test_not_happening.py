"""What the clock leaves alone: events that do not happen, and places that changed meanwhile."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from events.enums import EventStatus
from events.models import EventPage
from events.registrations import facts
from events.registrations.enums import RegistrationStatus
from events.registrations.models import GroupMessage, Registration
from events.registrations.room import Room
from events.registrations.services import timely
from tests.factories.cities import city_pair
from tests.factories.events import make_event
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db

STATES = [
    (EventStatus.SCHEDULED, 1),
    (EventStatus.CANCELLED, 0),
    (EventStatus.POSTPONED, 0),
]


def place_at(status, **times):
    event = make_event(event_status=status, **times)
    place = RegistrationFactory(event=event)
    Registration.objects.update(created_at=timezone.now() - timedelta(days=9))
    return place


@pytest.mark.parametrize(("status", "reminded"), STATES)
def test_nobody_is_reminded_of_what_does_not_happen(status, reminded):
    place_at(status, starts_at=timezone.now() + timedelta(hours=20))

    assert timely.remind() == reminded


@pytest.mark.parametrize(("status", "thanked"), STATES)
def test_nobody_is_thanked_for_what_did_not_happen(status, thanked):
    place_at(status, starts_at=timezone.now() - timedelta(days=1, hours=4))

    assert timely.thank() == thanked


def test_who_gave_a_place_back_a_moment_ago_is_told_nothing_more():
    """The row was read before: its status is compared with what it is now."""
    read_before = RegistrationFactory(event=make_event())
    Registration.objects.update(status=RegistrationStatus.CANCELLED, cancelled_at=timezone.now())

    is_set = timely._set(read_before, "reminded_at", timezone.now())

    assert not is_set
    assert Registration.objects.get().reminded_at is None


@pytest.mark.both
@pytest.mark.parametrize(("days", "is_over"), [(-2, True), (2, False)])
def test_of_what_has_happened_no_change_is_told_any_more(days, is_over):
    place = place_at(EventStatus.SCHEDULED, starts_at=timezone.now() + timedelta(days=days))
    Registration.objects.update(told=facts.digest(place.event))
    EventPage.objects.update(ends_at=F("ends_at") + timedelta(minutes=10))

    assert timely.tell_changes() == (0 if is_over else 1)


@pytest.mark.both
def test_while_people_queue_the_bar_of_the_page_is_full():
    event = make_event(capacity=5)
    RegistrationFactory(event=event, party_size=2)
    before = Room.at(event).bars(city_pair())
    RegistrationFactory(event=event, party_size=4, status=RegistrationStatus.WAITING)

    after = Room.at(event).bars(city_pair())

    assert [bar["taken"] for bar in (*before, *after)] == [2, 5]


@pytest.mark.parametrize(("is_live", "thanked"), [(True, 1), (False, 0)])
def test_nobody_is_thanked_for_an_event_that_was_taken_down(is_live, thanked):
    place = place_at(EventStatus.SCHEDULED, starts_at=timezone.now() - timedelta(days=1, hours=4))
    EventPage.objects.filter(pk=place.event_id).update(live=is_live)

    assert timely.thank() == thanked


@pytest.mark.both
def test_what_people_need_is_forgotten_two_months_after_the_event_and_not_sooner():
    end = timezone.now() - timely.mail.CONTACT_KEPT
    kept, gone = (
        RegistrationFactory(
            event=make_event(starts_at=end - timedelta(days=1), ends_at=end + more), needs="A ramp"
        )
        for more in (timedelta(hours=1), timedelta(hours=-1))
    )

    assert timely.forget_details() == 1
    for place in (kept, gone):
        place.refresh_from_db()
    assert (kept.needs, gone.needs) == ("A ramp", "")


@pytest.mark.parametrize(("status", "ended"), [(EventStatus.SCHEDULED, 1), (STATES[2][0], 0)])
def test_an_offer_waits_while_its_event_is_put_off(status, ended):
    event = make_event(event_status=status)
    RegistrationFactory(
        event=event,
        status="offered",
        offer_expires_at=timezone.now() - timedelta(minutes=1),
        told="",
    )

    assert timely.expire_offers() == ended


@pytest.mark.both
def test_a_message_that_was_sent_meanwhile_goes_to_nobody_again():
    place = RegistrationFactory(event=make_event())
    words = {"en": {"subject": "Boots", "text": "Bring boots."}}
    message = GroupMessage.objects.create(
        event=place.event, statuses=["registered"], words=words, sent_at=timezone.now()
    )

    assert timely._send_message(message.pk) == 0
    GroupMessage.objects.update(sent_at=None)
    assert timely._send_message(message.pk) == 1
