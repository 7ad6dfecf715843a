"""What can wait leaves in waking hours of the reader's city; nothing is lost by it."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from events.registrations.services import timely
from partnership.outbox import waking
from partnership.outbox.enums import MailState
from partnership.outbox.models import OutgoingMail
from partnership.outbox.services import deliver_due, post
from tests.factories.cities import city_pair
from tests.factories.events import make_event
from tests.factories.registrations import RegistrationFactory

MADRID, DENVER = (
    SimpleNamespace(time_zone="Europe/Madrid"),
    SimpleNamespace(time_zone="America/Denver"),
)


def utc(day, hour, minute=0, month=3):
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("city", "now", "leaves"),
    [
        (MADRID, utc(10, 7), utc(10, 7)),  # eight o'clock there
        (MADRID, utc(10, 18, 59), utc(10, 18, 59)),
        (MADRID, utc(10, 19), utc(11, 7)),
        (MADRID, utc(10, 2), utc(10, 7)),
        (MADRID, utc(28, 23), utc(29, 6)),  # the night in which clocks go forward
        (DENVER, utc(10, 7), utc(10, 14)),
        (None, utc(10, 7), utc(10, 8)),  # elsewhere: the clock of the site
    ],
)
def test_it_leaves_now_or_in_the_next_morning_there(settings, city, now, leaves):
    settings.WAKING_HOURS, settings.TIME_ZONE = (8, 20), "UTC"

    assert waking.hour_for(city, now) == leaves
    assert waking.asleep([city], now) == ([city] if leaves > now else [])


@pytest.mark.both
@pytest.mark.django_db
def test_what_waits_for_the_morning_is_sent_then_and_before_it_what_does_not(
    django_capture_on_commit_callbacks,
):
    city_pair()
    later = timezone.now() + timedelta(hours=5)
    said = {"language_code": "en", "context": {}}
    with django_capture_on_commit_callbacks(execute=True):
        waits = post("account/already_joined", to="a@example.org", not_before=later, **said)
        at_once = post("account/already_joined", to="b@example.org", **said)
    deliver_due()
    states = dict(OutgoingMail.objects.values_list("pk", "state"))

    OutgoingMail.objects.filter(pk=waits.pk).update(next_attempt_at=timezone.now())
    deliver_due()

    assert states == {waits.pk: MailState.WAITING, at_once.pk: MailState.SENT}
    assert OutgoingMail.objects.get(pk=waits.pk).state == MailState.SENT


@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "told"), [(20, 0), (3, 1)])
def test_nobody_is_woken_to_be_reminded_unless_it_would_be_too_late(settings, hours, told):
    alder, _puerto = city_pair()
    settings.WAKING_HOURS = (0, 0)  # it is night everywhere
    event = make_event(starts_at=timezone.now() + timedelta(hours=hours))
    place = RegistrationFactory(event=event, city=alder)
    type(place).objects.update(created_at=timezone.now() - timedelta(days=9))

    assert timely.remind() == told
