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


class NeverDeliverable(Exception):  # noqa: N818 - an answer of the mail server
    """The mail server refused this mail for good; trying again changes nothing."""


def connection(*, timeout: int | None = None) -> BaseEmailBackend:
    """Return a connection to the mail server that gives up after that many seconds."""
    return get_connection(timeout=timeout or settings.EMAIL_TIMEOUT)


def hand_over(mail: OutgoingMail, *, through: BaseEmailBackend) -> None:
    """Send the mail; returning means that the server took it.

    Raises NeverDeliverable when it is refused for good, and whatever the connection
    raises when it may work later.
    """
    try:
        through.send_messages([_message(mail)])
    except (ValueError, smtplib.SMTPNotSupportedError) as error:  # a header or address
        raise NeverDeliverable(_describe(error)) from error
    except smtplib.SMTPRecipientsRefused as error:
        if all(code >= 500 for code, _text in error.recipients.values()):
            raise NeverDeliverable(_describe(error)) from error
        raise
    except smtplib.SMTPDataError as error:
        if error.smtp_code >= 500:
            raise NeverDeliverable(_describe(error)) from error
        raise


def in_request(mail: OutgoingMail) -> None:
    """Send the mail with little patience; afterwards let a slow server rest.

    Raises as ``hand_over`` does.
    """
    started = time.monotonic()
    try:
        hand_over(mail, through=connection(timeout=PATIENCE_IN_REQUEST))
    except NeverDeliverable:
        raise
    except Exception:
        rest()
        raise
    if time.monotonic() - started > PATIENCE_IN_REQUEST:
        rest()


def rest() -> None:
    """Leave delivery to the clock for a while, in every process."""
    cache.set(BREAKER, True, REST)


def is_resting() -> bool:
    """Whether requests should not try at all."""
    return bool(cache.get(BREAKER))


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to],
        headers={
            "Message-ID": mail.message_id,
            "Content-Language": mail.language_code,
            "Auto-Submitted": "auto-generated",
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for attachment in mail.attachments:
        content = base64.b64decode(attachment["content"])
        message.attach(attachment["name"], content, attachment["mimetype"])
    return message


def packed(name: str, content: str | bytes, mimetype: str) -> dict[str, Any]:
    """Return an attachment as it is kept in the row."""
    raw = content.encode() if isinstance(content, str) else content
    return {"name": name, "mimetype": mimetype, "content": base64.b64encode(raw).decode()}


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
