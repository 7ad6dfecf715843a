"""The demo's mail: every message a file in a folder, and how to read it there."""

import re
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage as DjangoMessage

#: Names begin with the time in nanoseconds, so that their order is the order of arrival
#: even for mails written within the same millisecond.
NAME = re.compile(r"\d{19}-[0-9a-f]{8}")
MOST_SHOWN = 200


class Backend(BaseEmailBackend):
    """Delivers into DEMO_MAIL_DIR."""

    def send_messages(self, email_messages: Sequence[DjangoMessage]) -> int:
        for message in email_messages:
            _store(message.message().as_bytes())
        return len(email_messages)


def _store(raw: bytes) -> None:
    """Write the file whole or not at all: a reader may look at any moment."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{time.time_ns():019d}-{uuid.uuid4().hex[:8]}"
    half = folder / f"{name}.half"
    half.write_bytes(raw)
    Path(half).replace(folder / f"{name}.eml")


def _folder() -> Path:
    return Path(settings.DEMO_MAIL_DIR)


@dataclass(frozen=True)
class Letter:
    """One message as the demo shows it."""

    name: str
    subject: str
    to: str
    language_code: str
    sent_at: datetime | None
    text: str


def letters() -> list[Letter]:
    """Return the newest messages first."""
    names = sorted((path.stem for path in _folder().glob("*.eml")), reverse=True)
    found = (letter(name) for name in names[:MOST_SHOWN])
    return [one for one in found if one]


def letter(name: str) -> Letter | None:
    """Return one message; None for a name that is not one of ours."""
    if not NAME.fullmatch(name):
        return None  # so no path can leave the folder
    try:
        raw = (_folder() / f"{name}.eml").read_bytes()
    except OSError:
        return None
    message = message_from_bytes(raw, policy=modern)
    return Letter(
        name=name,
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        language_code=str(message["Content-Language"] or ""),
        sent_at=_when(message),
        text=_text(message),
    )


def _when(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message["Date"]))
    except ValueError:
        return None


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain",))
    return part.get_content() if part else ""
