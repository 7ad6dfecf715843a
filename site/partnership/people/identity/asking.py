"""How a provider is asked: briefly, at its own address only, and for answers of a decent size."""

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import requests

#: Seconds without a byte, and for all questions of one page together.
PATIENCE, PATIENCE_IN_ALL = 3, 6
LARGEST_ANSWER = 256 * 1024
PIECE = 8 * 1024
SERVER_ERRORS = 500

_ends_at: ContextVar[float] = ContextVar("provider_ends_at")


@contextmanager
def patiently() -> Iterator[None]:
    """Let all that is asked inside take no longer than PATIENCE_IN_ALL."""
    token = _ends_at.set(time.monotonic() + PATIENCE_IN_ALL)
    try:
        yield
    finally:
        _ends_at.reset(token)


class BriefSession(requests.Session):
    """Every answer is whole when it is returned; raises RequestException where there is none."""

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        ends_at = _ends_at.get(time.monotonic() + PATIENCE_IN_ALL)
        left = min(PATIENCE, ends_at - time.monotonic())
        if left <= 0:
            raise requests.Timeout("Asked for too long.")
        given = {"timeout": left, "allow_redirects": False, "stream": True}
        with super().request(*args, **kwargs | given) as answer:
            whole = _whole(answer, ends_at)
        if whole.status_code >= SERVER_ERRORS:
            raise requests.HTTPError(f"{whole.status_code}")
        return whole


def _whole(answer: requests.Response, ends_at: float) -> requests.Response:
    """The same answer with its body at hand, unless it is too large or drips for too long."""
    body = io.BytesIO()
    for piece in answer.iter_content(PIECE):
        body.write(piece)
        if body.tell() > LARGEST_ANSWER:
            raise requests.RequestException("The answer is too large.")
        if time.monotonic() > ends_at:
            raise requests.Timeout("The answer takes too long.")
    body.seek(0)
    whole = requests.Response()
    whole.status_code, whole.headers, whole.url = answer.status_code, answer.headers, answer.url
    whole.raw = body
    return whole
