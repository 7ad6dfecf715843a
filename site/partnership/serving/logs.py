"""What the site writes for whoever runs the server: never a link that opens something."""

import logging
import re

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
