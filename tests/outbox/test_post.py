"""Writing a mail."""

from datetime import timedelta

import pytest
from django.core import mail as sent_by_django
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import get_language

from partnership.outbox.enums import MailState
from partnership.outbox.models import OutgoingMail
from partnership.outbox.services import post
from tests.factories.cities import city_pair
from tests.factories.outbox import OutgoingMailFactory

pytestmark = pytest.mark.django_db

CODE = {"code": "1234-5678", "minutes": 15, "email": "ana@example.org"}


def write(**values: object) -> OutgoingMail:
    """Post the smallest mail, changed as asked."""
    given = {"to": "ana@example.org", "language_code": "en", "context": {}} | values
    return post("account/already_joined", **given)


@pytest.mark.both
def test_the_mail_is_written_with_everything_that_was_said():
    city_pair()
    about = OutgoingMailFactory()

    mail = write(about=about, attachments=[("place.ics", "BEGIN", "text/calendar")])

    assert mail.subject == "You have an account already"
    assert "http://127.0.0.1:8000/en/account/sign-in/code/" in mail.text
    assert "Alder Bay &amp; Puerto Almendro" in mail.html
    assert '<html lang="en" dir="ltr">' in mail.html
    assert mail.about == f"outbox.outgoingmail:{about.pk}"
    assert mail.attachments[0]["name"] == "place.ics"
    assert mail.state == MailState.WAITING


def test_the_text_is_not_escaped_and_the_page_is():
    mail = post(
        "account/address_changed",
        to="ana@example.org",
        language_code="en",
        context={"new_address": "o'neill&co@example.org"},
    )

    assert "o'neill&co@example.org" in mail.text
    assert "o&#x27;neill&amp;co@example.org" in mail.html


def test_the_language_of_the_mail_is_the_readers_and_ours_stays():
    mail = write(language_code="es")

    assert "/es/" in mail.text
    assert '<html lang="es"' in mail.html
    assert get_language() == "en"


@pytest.mark.parametrize("kind", ["sign_in_code", "confirm_address", "password_code"])
@pytest.mark.parametrize("language_code", ["en", "es"])
def test_no_page_of_a_mail_asks_another_host_for_anything(kind: str, language_code: str):
    mail = post(f"account/{kind}", to="ana@example.org", language_code=language_code, context=CODE)

    assert "src=" not in mail.html
    assert "url(" not in mail.html
    assert mail.html.count("http") == mail.html.count("http://127.0.0.1:8000")


def test_line_breaks_in_a_subject_start_no_header():
    hostile = {**CODE, "code": "1\r\nBcc: everybody@example.org\n\n<script>"}

    mail = post("account/sign_in_code", to="a@example.org", language_code="en", context=hostile)

    assert mail.subject == "1 Bcc: everybody@example.org <script> is your code to sign in"


@pytest.mark.both
def test_a_second_mail_with_the_same_key_is_the_first_one():
    first = write(dedup_key="place-1")

    second = write(dedup_key="place-1", to="somebody.else@example.org")

    assert second.pk == first.pk
    assert OutgoingMail.objects.count() == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_same_mail_at_once_write_one(run_in_threads):
    outcomes = run_in_threads(lambda _number: write(dedup_key="place-1").pk, times=4)

    assert len(set(outcomes)) == 1
    assert OutgoingMail.objects.count() == 1
    assert len(sent_by_django.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_mails_nobody():
    @transaction.atomic
    def change_and_fail() -> None:
        write()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()

    assert not OutgoingMail.objects.exists()
    assert sent_by_django.outbox == []


@pytest.mark.django_db(transaction=True)
def test_the_mail_leaves_right_after_the_commit():
    with transaction.atomic():
        write(attachments=[("place.ics", "BEGIN", "text/calendar")])
        before = len(sent_by_django.outbox)

    (message,) = sent_by_django.outbox
    assert before == 0
    assert message.to == ["ana@example.org"]
    assert message.extra_headers["Message-ID"] == OutgoingMail.objects.get().message_id
    assert message.attachments[0].filename == "place.ics"


@pytest.mark.django_db(transaction=True)
def test_a_database_that_fails_while_the_mail_leaves_does_not_undo_what_is_done(monkeypatch):
    def locked(_pk, _send):
        raise OperationalError("database is locked")

    monkeypatch.setattr("partnership.outbox.services._deliver", locked)

    with transaction.atomic():
        write()

    assert OutgoingMail.objects.get().state == MailState.WAITING


def test_a_mail_without_a_code_keeps_its_subject_and_one_with_a_code_does_not(
    django_capture_on_commit_callbacks,
):
    with django_capture_on_commit_callbacks(execute=True):
        plain = write()
        with_code = post(
            "account/sign_in_code",
            to="ana@example.org",
            language_code="en",
            context=CODE,
            expires_at=timezone.now() + timedelta(minutes=15),
        )

    plain.refresh_from_db()
    with_code.refresh_from_db()
    assert (plain.state, plain.subject) == (MailState.SENT, "You have an account already")
    assert (with_code.state, with_code.subject) == (MailState.SENT, "")
    assert (plain.text, plain.html, with_code.text, with_code.html) == ("", "", "", "")
