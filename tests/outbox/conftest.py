"""A mail server that can be made to fail."""

import asyncio
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import Message
from email.parser import BytesParser
from typing import Any

import pytest
from aiosmtpd.controller import Controller


class Sink:
    """Takes mails, or does what the test asks for instead."""

    def __init__(self) -> None:
        self.answer = "250 OK"
        self.to_the_sender = "250 OK"
        self.delay = 0.0
        self.taken: list[Message] = []
        self.lines: set[Any] = set()  # connections over which mails came
        self.mails_a_line = 0  # how many it takes over one; 0: as many as come
        self._over_line: Counter[Any] = Counter()
        self.after_taking: Callable[[], None] = lambda: None

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name and arguments
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        self._over_line[session.peer] += 1
        if 0 < self.mails_a_line < self._over_line[session.peer]:
            return "421 Too many mails over one connection"
        if self.to_the_sender.startswith("250"):
            envelope.mail_from = address
        return self.to_the_sender

    async def handle_RCPT(  # noqa: N802 - as above
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address.startswith("unknown"):
            return "550 No such mailbox"
        if address.startswith("full"):
            return "452 Mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - as above
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        await asyncio.sleep(self.delay)
        self.lines.add(session.peer)
        if self.answer.startswith("250"):
            self.taken.append(BytesParser().parsebytes(envelope.content))
        return self.answer


class MailServer:
    """A sink on a port that stays the same while it goes down and comes back."""

    def __init__(self, port: int) -> None:
        self.sink = Sink()
        self.port = port
        self.controller: Controller | None = None

    def start(self) -> None:
        self.controller = Controller(self.sink, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller:
            self.controller.stop()
            self.controller = None

    @property
    def message_ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.sink.taken]


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A running mail server that the site is told to use."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1
    server = MailServer(port)
    server.start()
    yield server
    server.stop()
