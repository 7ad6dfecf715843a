"""An event of thousands: what the clock tells them goes in pieces, and holds nobody up."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import EventPage
from events.registrations.models import GroupMessage, Registration
from events.registrations.services import timely, waiting
from partnership.outbox.models import OutgoingMail
from tests.factories.events import make_event
from tests.factories.registrations import RegistrationFactory

pytestmark = [pytest.mark.both, pytest.mark.django_db]

WORDS = {code: {"subject": "Boots", "text": "It rains."} for code in ("en", "es")}


@pytest.fixture
def many(monkeypatch):
    """Five groups that wait, where two are many."""
    monkeypatch.setattr(timely, "AT_A_TIME", 2)
    monkeypatch.setattr(timely, "TOLD_UNDER_LOCK", 2)
    event = make_event()
    RegistrationFactory.create_batch(5, event=event, status="waiting")
    return event


def mails():
    return OutgoingMail.objects.count()


def message_to_those_who_wait(event):
    return GroupMessage.objects.create(event=event, statuses=["waiting"], words=WORDS)


def test_a_list_that_closes_is_told_in_pieces_and_the_event_is_let_go_between_them(
    many, monkeypatch
):
    EventPage.objects.update(sign_up_closes_at=timezone.now() - timedelta(minutes=1))
    locked = []
    lock = waiting.lock
    monkeypatch.setattr(waiting, "lock", lambda event: locked.append(mails()) or lock(event))

    assert timely.close_lists() == 5

    assert locked == [0, 2, 4]
    assert not Registration.objects.waiting().exists()


def test_a_message_goes_in_pieces_to_each_of_them_once(many):
    message = message_to_those_who_wait(many)

    sent = [timely.send_messages() for _round in range(4)]

    assert sent == [2, 2, 1, 0]
    assert len(set(OutgoingMail.objects.values_list("to", flat=True))) == 5
    message.refresh_from_db()
    assert message.sent_at is not None


def test_a_message_to_exactly_one_piece_is_sent_too(many):
    kept = Registration.objects.values_list("pk", flat=True)[:2]
    Registration.objects.exclude(pk__in=list(kept)).delete()
    message_to_those_who_wait(many)

    assert [timely.send_messages() for _round in range(3)] == [2, 0, 0]

    assert not GroupMessage.objects.filter(sent_at=None).exists()


def test_a_message_that_is_cut_off_goes_on_where_it_was(many, monkeypatch):
    message_to_those_who_wait(many)
    timely.send_messages()
    tell, told = waiting.tell, []

    def die(letter):
        told.append(letter)
        if len(told) == 2:
            raise RuntimeError("the process was stopped")
        tell(letter)

    monkeypatch.setattr(waiting, "tell", die)
    with pytest.raises(RuntimeError), transaction.atomic():
        timely.send_messages()
    monkeypatch.setattr(waiting, "tell", tell)
    assert mails() == 2

    assert [timely.send_messages() for _round in range(3)] == [2, 1, 0]
    assert len(set(OutgoingMail.objects.values_list("to", flat=True))) == 5


def test_a_change_is_told_to_some_in_a_round_and_to_everybody_in_the_end(many, monkeypatch):
    timely.tell_changes()  # notes what they know
    monkeypatch.setattr(timely, "TOLD_AT_A_TIME", 2)
    EventPage.objects.update(event_status="cancelled")

    assert [timely.tell_changes() for _round in range(4)] == [2, 2, 1, 0]

    assert len(set(OutgoingMail.objects.values_list("to", flat=True))) == 5


def test_who_knows_what_is_asked_of_the_database_and_not_row_by_row(many):
    timely.tell_changes()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert timely.tell_changes() == 0

    known = [each["sql"] for each in asked if '"told"' in each["sql"]]
    assert [sql.startswith("SELECT DISTINCT") for sql in known] == [True]
