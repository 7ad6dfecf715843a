"""Until when a rendered page is true: at most a minute, never past what the clock changes."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

LONGEST = timedelta(seconds=60)
#: Every time zone on Earth has its midnight on a quarter of an hour of UTC. No page outlives
#: one, so that days left, "today" and "late" are right in every city without asking for it.
QUARTER = timedelta(minutes=15)


def fresh_until(request: HttpRequest | None, *instants: datetime | None) -> None:
    """Say that the page being made changes by itself at these instants; None is ignored.

    What had passed when the request came in has already been looked at, and is ignored too.
    """
    if request is None:
        return
    since = rendering_since(request)
    coming = [instant for instant in instants if instant is not None and instant > since]
    own = getattr(request, "fresh_until", None)
    if own is not None:
        coming.append(own)
    if coming:
        request.fresh_until = min(coming)  # type: ignore[attr-defined] # our own note


def rendering_since(request: HttpRequest) -> datetime:
    """The instant this request came in (the first time it is asked for)."""
    if not hasattr(request, "rendering_since"):
        request.rendering_since = timezone.now()  # type: ignore[attr-defined] # our own note
    return request.rendering_since  # type: ignore[attr-defined] # written above


def expiry(request: HttpRequest) -> datetime:
    """The instant after which what was made for this request may not be shown any more."""
    since = rendering_since(request)
    past_quarter = timedelta(
        minutes=since.minute % 15, seconds=since.second, microseconds=since.microsecond
    )
    latest = min(since + LONGEST, since - past_quarter + QUARTER)
    own = getattr(request, "fresh_until", None)
    return latest if own is None else min(latest, own)
