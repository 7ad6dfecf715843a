"""Handing one mail to the mail server: what is sent, and what its answer means."""

import base64
import smtplib
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from partnership.outbox.models import OutgoingMail

#: Seconds a resident may wait for the mail server while their page is made.
PATIENCE_IN_REQUEST = 2
#: Seconds without another attempt inside a request after one that failed or dragged.
REST = 60
BREAKER = "outbox:mail-server-is-resting"
TOLD = "outbox:that-no-mail-leaves-is-told"
#: "Service not available": the server closes the connection, whosever mail it was.
GOODBYE = 421


class NeverDeliverable(Exception):  # noqa: N818 - an answer of the mail server
    """The mail server refused this mail for good; trying again changes nothing."""


class NotThisTime(Exception):  # noqa: N818 - an answer of the mail server
    """The mail server puts this one mail off; it may take the next."""


def connection(*, timeout: int | None = None) -> BaseEmailBackend:
    """Return a connection to the mail server that gives up after that many seconds."""
    return get_connection(timeout=timeout or settings.EMAIL_TIMEOUT)


def hand_over(mail: OutgoingMail, *, through: BaseEmailBackend) -> None:
    """Send the mail; returning means that the server took it.

    The connection is left open for the next one; where the server has closed it meanwhile, as
    many do after so many mails, it is opened anew, once. Raises NeverDeliverable when it is
    refused for good, NotThisTime when it alone is put off, and whatever the connection raises
    when no mail can be sent for now.
    """
    # A server that lacks what we ask of it lacks it for every mail.
    was_open = through.open() is False
    try:
        _send(mail, through)
    except OSError as error:
        through.close()
        if not was_open or isinstance(error, TimeoutError):
            raise
        hand_over(mail, through=through)


def _send(mail: OutgoingMail, opened: BaseEmailBackend) -> None:
    try:
        opened.send_messages([_message(mail)])
    except (ValueError, smtplib.SMTPNotSupportedError) as error:  # its header or address
        raise NeverDeliverable(in_full(error)) from error
    except smtplib.SMTPRecipientsRefused as error:
        _refuse(error, [code for code, _text in error.recipients.values()])
        raise
    except smtplib.SMTPDataError as error:
        _refuse(error, [error.smtp_code])
        raise
    except smtplib.SMTPSenderRefused as error:
        if error.smtp_code < 500:  # for good it would be for all: they have the same sender
            _refuse(error, [error.smtp_code])
        raise


def _refuse(error: smtplib.SMTPException, answers: list[int]) -> None:
    """Raise what the answers mean for this one mail; return when they are about every mail."""
    if GOODBYE in answers:
        return
    is_final = all(code >= 500 for code in answers)
    raise (NeverDeliverable if is_final else NotThisTime)(in_full(error)) from error


def in_request(mail: OutgoingMail) -> None:
    """Send the mail with little patience; afterwards let a slow server rest.

    Raises as ``hand_over`` does.
    """
    started = time.monotonic()
    through = connection(timeout=PATIENCE_IN_REQUEST)
    try:
        hand_over(mail, through=through)
    except (NeverDeliverable, NotThisTime):
        raise
    except Exception:
        rest()
        raise
    finally:
        through.close()
    if time.monotonic() - started > PATIENCE_IN_REQUEST:
        rest()


def rest() -> None:
    """Leave delivery to the clock for a while, in every process."""
    cache.set(BREAKER, True, REST)


def is_resting() -> bool:
    """Whether requests should not try at all."""
    return bool(cache.get(BREAKER))


def is_news() -> bool:
    """Whether the clock should tell that no mail leaves: once in a while, not at every round."""
    return bool(cache.add(TOLD, True, REST))


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={
            "Message-ID": mail.message_id,
            "Content-Language": mail.language_code,
            "Auto-Submitted": "auto-generated",
            **_way_to_stop(mail),
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for attachment in mail.attachments:
        content = base64.b64decode(attachment["content"])
        message.attach(attachment["name"], content, attachment["mimetype"])
    return message


def _way_to_stop(mail: OutgoingMail) -> dict[str, str]:
    """What the button of mail programs is made from (RFC 8058): they post, and ask nothing."""
    if not mail.stop_url:
        return {}
    return {
        "List-Unsubscribe": f"<{mail.stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def packed(name: str, content: str | bytes, mimetype: str) -> dict[str, Any]:
    """Return an attachment as it is kept in the row."""
    raw = content.encode() if isinstance(content, str) else content
    return {"name": name, "mimetype": mimetype, "content": base64.b64encode(raw).decode()}


def in_full(error: Exception) -> str:
    """Return what went wrong, for staff: the server's words often hold the address."""
    is_told = isinstance(error, NeverDeliverable | NotThisTime)
    return str(error) if is_told else f"{type(error).__name__}: {error}"


def in_short(error: BaseException) -> str:
    """Return what went wrong, for the log: its kind and the server's codes, never an address."""
    if isinstance(error, NeverDeliverable | NotThisTime) and error.__cause__:
        return in_short(error.__cause__)
    name = type(error).__name__
    if isinstance(error, smtplib.SMTPNotSupportedError):
        words = str(error).rstrip(".")  # the library's own: which extension is missing
        return f"{name}: {words}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return " ".join([name, *(str(code) for code, _text in error.recipients.values())])
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{name} {error.smtp_code}"
    return name
