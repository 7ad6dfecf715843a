"""When there are mails to a whole city: one connection, codes first, and the clock's own round."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from partnership.outbox import clock, delivery
from partnership.outbox.management.commands.tick import run_all
from partnership.outbox.models import OutgoingMail
from partnership.outbox.services import deliver_due, post
from tests.factories.outbox import OutgoingMailFactory

pytestmark = pytest.mark.django_db(transaction=True)


def write_one() -> None:
    """Write a mail as a task of the clock would."""
    post("account/already_joined", to="ana@example.org", language_code="en", context={})


@pytest.fixture
def only_this_task(monkeypatch):
    """A clock that does nothing but write one mail."""
    monkeypatch.setattr(clock, "_entries", {})
    clock.on_tick(write_one)


def test_one_connection_carries_a_round(mail_server):
    OutgoingMailFactory.create_batch(5)

    assert deliver_due() == 5

    assert len(mail_server.sink.lines) == 1


def test_a_refused_address_among_them_ends_neither_the_round_nor_the_connection(mail_server):
    for name in ("ana", "unknown", "ben", "full", "carla"):
        OutgoingMailFactory(to=f"{name}@example.org")

    assert deliver_due() == 3

    assert len(mail_server.sink.lines) == 1


def test_a_server_that_takes_few_over_one_connection_gets_all_of_them_over_several(mail_server):
    OutgoingMailFactory.create_batch(5)
    mail_server.sink.mails_a_line = 2

    assert deliver_due() == 5

    assert len(mail_server.sink.lines) == 3
    assert len(set(mail_server.message_ids)) == 5
    assert not OutgoingMail.objects.exclude(last_error="").exists()


class OpenLine:
    """A connection that is open already, and over which every mail goes wrong."""

    def __init__(self, error: Exception) -> None:
        self.error, self.tried = error, 0
        self.is_open = True

    def open(self) -> bool:
        was_open, self.is_open = self.is_open, True
        return not was_open

    def close(self) -> None:
        self.is_open = False

    def send_messages(self, _messages: object) -> None:
        self.tried += 1
        raise self.error


@pytest.mark.parametrize(("error", "times"), [(ConnectionResetError, 2), (TimeoutError, 1)])
def test_a_line_that_was_shut_is_opened_anew_once_and_never_after_long_silence(error, times):
    line = OpenLine(error())

    with pytest.raises(error):
        delivery.hand_over(OutgoingMailFactory(), through=line)

    assert line.tried == times


@pytest.mark.both
def test_a_code_leaves_before_the_mails_to_everybody(mail_server):
    OutgoingMailFactory.create_batch(2, to="everybody@example.org")
    OutgoingMailFactory(to="code@example.org", expires_at=timezone.now() + timedelta(minutes=30))

    deliver_due()

    assert [mail["To"] for mail in mail_server.sink.taken] == [
        "code@example.org",
        "everybody@example.org",
        "everybody@example.org",
    ]


@pytest.mark.usefixtures("only_this_task")
def test_what_the_clock_writes_waits_for_its_round(mail_server):
    run_all()

    assert not mail_server.sink.taken
    assert deliver_due() == 1


def test_what_a_request_writes_leaves_at_once(mail_server):
    write_one()

    assert len(mail_server.sink.taken) == 1


@pytest.mark.usefixtures("only_this_task")
def test_a_clock_that_goes_round_once_leaves_nothing_to_the_next(mail_server):
    call_command("tick")

    assert len(mail_server.sink.taken) == 1
