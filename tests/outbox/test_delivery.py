"""Delivering mails through a mail server that has its days."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from partnership.outbox import delivery, services
from partnership.outbox.enums import MailState
from partnership.outbox.models import OutgoingMail
from partnership.outbox.services import deliver_due, post
from tests.factories.outbox import OutgoingMailFactory

pytestmark = pytest.mark.django_db(transaction=True)


def be_due(mail: OutgoingMail) -> None:
    """Let the pause before the next attempt be over."""
    OutgoingMail.objects.filter(pk=mail.pk).update(next_attempt_at=timezone.now())


@pytest.mark.both
def test_a_mail_is_delivered_once_and_emptied(mail_server):
    mail = OutgoingMailFactory(attachments=[delivery.packed("a.ics", "BEGIN", "text/calendar")])

    sent = [deliver_due(), deliver_due()]

    mail.refresh_from_db()
    assert sent == [1, 0]
    assert mail_server.message_ids == [mail.message_id]
    assert (mail.state, mail.text, mail.html, mail.attachments) == (MailState.SENT, "", "", [])
    message = mail_server.sink.taken[0]
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"


def test_while_the_server_is_down_mails_wait_and_later_they_all_leave(mail_server):
    mails = OutgoingMailFactory.create_batch(3)
    mail_server.stop()

    assert deliver_due() == 0

    first = OutgoingMail.objects.get(pk=mails[0].pk)
    assert first.is_failing
    assert first.next_attempt_at > timezone.now() + timedelta(seconds=8)
    mail_server.start()
    be_due(first)
    assert deliver_due() == 3
    assert len(set(mail_server.message_ids)) == 3


def test_a_server_that_hangs_costs_one_timeout_per_round(mail_server):
    OutgoingMailFactory.create_batch(3)
    mail_server.sink.delay = 5

    started = time.monotonic()
    sent = deliver_due()

    assert sent == 0
    assert time.monotonic() - started < 3
    assert OutgoingMail.objects.exclude(last_error="").count() == 1


def test_the_pauses_double_up_to_an_hour_and_to_a_minute_for_codes(mail_server):
    mail_server.stop()
    soon = timezone.now() + timedelta(minutes=10)
    patient, urgent = OutgoingMailFactory(attempts=20), OutgoingMailFactory(attempts=20)
    OutgoingMail.objects.filter(pk=urgent.pk).update(expires_at=soon)

    deliver_due()
    deliver_due()

    patient.refresh_from_db()
    urgent.refresh_from_db()
    assert timedelta(minutes=59) < patient.next_attempt_at - timezone.now() <= timedelta(hours=1)
    assert urgent.next_attempt_at - timezone.now() <= timedelta(minutes=1)


def test_a_temporary_no_is_tried_again(mail_server):
    mail = OutgoingMailFactory()
    mail_server.sink.answer = "451 Try again later"

    deliver_due()

    mail.refresh_from_db()
    assert mail.is_failing
    mail_server.sink.answer = "250 OK"
    be_due(mail)
    assert deliver_due() == 1


def test_a_mailbox_that_is_full_for_now_holds_up_nobody_else(mail_server):
    full = OutgoingMailFactory.create_batch(3, to="full@example.org")
    others = OutgoingMailFactory.create_batch(2)

    assert deliver_due() == 2

    assert mail_server.message_ids == [mail.message_id for mail in others]
    waiting = OutgoingMail.objects.waiting()
    assert [mail.pk for mail in waiting.order_by("pk")] == [mail.pk for mail in full]
    assert all(mail.is_failing and "452" in mail.last_error for mail in waiting)


def test_words_the_server_puts_off_hold_up_nobody_else(mail_server):
    OutgoingMailFactory.create_batch(3)
    mail_server.sink.answer = "451 Try again later"

    deliver_due()

    assert set(OutgoingMail.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.parametrize(
    ("answer", "tried"), [("450 Later", 3), ("421 Closing", 1), ("550 Not you", 1)]
)
def test_a_no_to_the_sender_ends_the_round_when_it_is_meant_for_all(mail_server, answer, tried):
    OutgoingMailFactory.create_batch(3)
    mail_server.sink.to_the_sender = answer

    assert deliver_due() == 0

    assert OutgoingMail.objects.filter(attempts=1).count() == tried
    assert OutgoingMail.objects.waiting().count() == 3


@pytest.mark.parametrize("how", ["the mail", "the address"])
def test_a_final_no_is_final_and_staff_may_retry(mail_server, how: str):
    mail = OutgoingMailFactory(to="unknown@example.org" if how == "the address" else "a@b.example")
    other = OutgoingMailFactory()
    mail_server.sink.answer = "554 No thank you" if how == "the mail" else "250 OK"

    deliver_due()

    mail.refresh_from_db()
    assert mail.state == MailState.UNDELIVERABLE
    assert mail.may_be_retried
    mail_server.sink.answer = "250 OK"
    OutgoingMail.objects.filter(pk=mail.pk).update(to="corrected@example.org")
    assert services.retry(mail)
    services.retry(other)
    deliver_due()
    assert OutgoingMail.objects.filter(state=MailState.SENT).count() == 2


def test_after_very_many_attempts_a_mail_is_given_up(mail_server):
    mail = OutgoingMailFactory(attempts=services.MOST_ATTEMPTS)
    mail_server.stop()

    deliver_due()

    mail.refresh_from_db()
    assert mail.state == MailState.UNDELIVERABLE


def test_a_mail_that_cannot_be_written_down_is_undeliverable_and_stops_nobody(mail_server):
    hostile = OutgoingMailFactory(subject="A\nBcc: everybody@example.org")
    good = OutgoingMailFactory()

    assert deliver_due() == 1

    hostile.refresh_from_db()
    assert hostile.state == MailState.UNDELIVERABLE
    assert mail_server.message_ids == [good.message_id]


def test_a_code_that_has_expired_is_dropped_unsent(mail_server):
    mail = OutgoingMailFactory(
        subject="1234 is your code", expires_at=timezone.now() - timedelta(seconds=1)
    )

    deliver_due()

    mail.refresh_from_db()
    assert mail_server.sink.taken == []
    assert (mail.state, mail.subject, mail.text) == (MailState.EXPIRED, "", "")
    assert not mail.may_be_retried


@pytest.mark.both
def test_tickers_at_the_same_time_send_each_mail_once(mail_server, run_in_threads):
    OutgoingMailFactory.create_batch(20)
    mail_server.sink.delay = 0.01

    outcomes = run_in_threads(lambda _number: deliver_due(), times=4)

    assert sum(outcomes) == 20
    assert len(mail_server.message_ids) == len(set(mail_server.message_ids)) == 20


@pytest.mark.both
def test_without_the_claim_tickers_would_send_twice(mail_server, run_in_threads, monkeypatch):
    """The control of the test above: with the lock off it fails."""
    OutgoingMailFactory.create_batch(5)
    mail_server.sink.delay = 0.05
    monkeypatch.setattr("partnership.outbox.querysets.OutgoingMailQuerySet.claim", lambda _: True)

    run_in_threads(lambda _number: deliver_due(), times=4)

    assert len(mail_server.message_ids) > 5


@pytest.mark.both
def test_who_dies_between_the_servers_yes_and_our_commit_doubles_with_the_same_id(
    mail_server, monkeypatch
):
    mail = OutgoingMailFactory()

    class Killed(BaseException):
        """Nothing of ours catches it, as nothing catches kill -9."""

    def die(*_args: object, **_values: object) -> None:
        raise Killed

    monkeypatch.setattr(services, "_record", die)
    with pytest.raises(Killed):
        deliver_due()
    monkeypatch.undo()
    still_leased = deliver_due()
    OutgoingMail.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    after_the_lease = deliver_due()

    assert (still_leased, after_the_lease) == (0, 1)
    assert mail_server.message_ids == [mail.message_id] * 2


def test_who_dies_before_the_servers_yes_doubles_nothing(mail_server, monkeypatch):
    mail = OutgoingMailFactory()

    class Killed(BaseException):
        """As above."""

    def die(*_args: object, **_values: object) -> None:
        raise Killed

    monkeypatch.setattr(delivery, "hand_over", die)
    with pytest.raises(Killed):
        deliver_due()
    monkeypatch.undo()
    OutgoingMail.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    deliver_due()

    assert mail_server.message_ids == [mail.message_id]


def test_who_lost_the_lease_does_not_overwrite_what_the_next_one_wrote(mail_server, monkeypatch):
    mail = OutgoingMailFactory()

    def too_slow(sent: OutgoingMail, **_values: object) -> None:
        later = timezone.now() + timedelta(minutes=5)
        OutgoingMail.objects.filter(pk=sent.pk).update(leased_until=later, last_error="theirs")

    monkeypatch.setattr(delivery, "hand_over", too_slow)
    deliver_due()

    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (MailState.WAITING, "theirs")


def post_one() -> float:
    """Write a mail as a request would; return how long the request took."""
    started = time.monotonic()
    post("account/already_joined", to="ana@example.org", language_code="en", context={})
    return time.monotonic() - started


def test_a_hanging_server_holds_up_one_request_and_then_rests(mail_server, monkeypatch):
    monkeypatch.setattr(delivery, "PATIENCE_IN_REQUEST", 0.5)
    mail_server.sink.delay = 5

    first, second = post_one(), post_one()

    assert first < 2
    assert second < 0.3
    assert [mail.attempts for mail in OutgoingMail.objects.order_by("pk")] == [1, 0]
    mail_server.sink.delay = 0
    cache.delete(delivery.BREAKER)
    post_one()
    assert OutgoingMail.objects.filter(state=MailState.SENT).count() == 1


def test_a_refused_address_does_not_make_the_others_wait(mail_server):
    post("account/no_account", to="unknown@example.org", language_code="en", context={})

    post_one()

    assert not delivery.is_resting()
    assert len(mail_server.sink.taken) == 1


def test_a_full_mailbox_does_not_make_the_others_wait_for_the_clock(mail_server):
    post("account/no_account", to="full@example.org", language_code="en", context={})

    post_one()

    assert not delivery.is_resting()
    assert len(mail_server.sink.taken) == 1


def test_after_a_month_settled_mails_are_forgotten_but_not_that_they_were_sent():
    long_ago = timezone.now() - timedelta(days=31)
    OutgoingMailFactory(state=MailState.SENT, created_at=long_ago)
    OutgoingMailFactory(state=MailState.SENT, created_at=long_ago, dedup_key="place-1")
    OutgoingMailFactory(created_at=long_ago)
    OutgoingMailFactory(state=MailState.SENT)

    removed = services.forget_old()

    kept = OutgoingMail.objects.get(dedup_key="place-1")
    assert removed == 1
    assert (kept.to, kept.subject, kept.text) == ("", "", "")
    assert OutgoingMail.objects.count() == 3


def test_in_a_crowd_nobody_waits_for_the_mails_of_the_others(mail_server):
    for _other in range(services.AT_ONCE):
        services._at_once.acquire()
    try:
        post_one()
        sent_inside_the_request = list(mail_server.sink.taken)
    finally:
        services._at_once.release(services.AT_ONCE)

    assert sent_inside_the_request == []
    assert deliver_due() == 1
    post_one()
    assert len(mail_server.sink.taken) == 2


def test_a_mail_nobody_has_to_get_tells_mail_programs_how_to_stop_it(mail_server):
    address = "https://cities.example/en/mails/1-2.abc/"
    OutgoingMailFactory(stop_url=address)
    OutgoingMailFactory()

    deliver_due()

    stoppable, other = mail_server.sink.taken
    assert stoppable["List-Unsubscribe"].strip() == f"<{address}>"
    assert stoppable["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert other["List-Unsubscribe"] is None
    assert not OutgoingMail.objects.exclude(stop_url="").exists()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"EMAIL_USE_TLS": True}, "STARTTLS extension not supported by server"),
        (
            {"EMAIL_HOST_USER": "site", "EMAIL_HOST_PASSWORD": "secret"},
            "SMTP AUTH extension not supported by server",
        ),
    ],
)
def test_a_server_that_lacks_what_is_asked_of_it_makes_no_mail_undeliverable(
    mail_server, settings, caplog, asked, told
):
    mails = OutgoingMailFactory.create_batch(3)
    for name, value in asked.items():
        setattr(settings, name, value)

    sent = [deliver_due(), deliver_due()]

    assert sent == [0, 0]
    assert OutgoingMail.objects.waiting().count() == 3
    assert caplog.messages == [f"No mail can be sent for now: SMTPNotSupportedError: {told}."]
    for name in asked:
        setattr(settings, name, None)
    for mail in mails:
        be_due(mail)
    assert deliver_due() == 3


@pytest.mark.parametrize(
    ("to", "subject", "why"),
    [
        ("unknown@example.org", "Hello", "SMTPRecipientsRefused 550"),
        ("ana@example.org", "Hello", "SMTPDataError 554"),
        ("ana@example.org", "A\nBcc: b@example.org", "BadHeaderError"),
    ],
)
def test_the_log_says_why_a_mail_is_undeliverable_and_not_to_whom(
    mail_server, caplog, to, subject, why
):
    mail_server.sink.answer = "554 No mail for ana@example.org"
    mail = OutgoingMailFactory(to=to, subject=subject)

    deliver_due()

    assert caplog.messages == [f"Mail {mail.pk} ({mail.kind}) is undeliverable: {why}."]
    mail.refresh_from_db()
    assert why.split()[0] in mail.last_error
