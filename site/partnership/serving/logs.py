"""What the site writes for whoever runs the server: never a link that opens something."""

import logging
import re
from typing import Any

from django.db import OperationalError

from partnership.serving.uploads import is_of_a_full_disk

#: A part of an address that we signed, as links in mails are: ``word.signature``.
SIGNED = re.compile(r"(?<=/)[^/\s\"']*[.:][A-Za-z0-9_-]{20,}(?=[/\s\"'?]|$)")
MASK = "…"


def masked(line: str) -> str:
    """Return the line without what a link in a mail proves; the rest of the address stays."""
    return SIGNED.sub(MASK, line)


class WithoutKeys(logging.Formatter):
    """Writes as usual, tracebacks included, but no key of a place, an appeal or one's data."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        """Return the trace; of a database that nobody reaches and a full disk only what they say.

        Meanwhile every request and every task of the clock comes to the same hundred lines.
        """
        error = ei[1]
        if _is_away(error) or is_of_a_full_disk(error):
            return f"{type(error).__name__}: {error}"
        return super().formatException(ei)


def _is_away(error: BaseException | None) -> bool:
    """Whether no PostgreSQL answered: what one answers with has a code."""
    return isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", "") is None
