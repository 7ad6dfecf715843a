"""Whether the site can do its work: the proof is a row that was really written."""

from time import monotonic

from django.db import DatabaseError
from django.utils import timezone

from partnership.serving.models import Heartbeat

#: Seconds for which one proof is enough, so that asking in a loop does not wear out the disk.
ONE_PROOF_LASTS = 2.0

_proved_at: float | None = None


def why_not_ready() -> str:
    """Return why the site cannot write, in plain words for the log; empty when it can."""
    global _proved_at
    if _proved_at is not None and monotonic() - _proved_at < ONE_PROOF_LASTS:
        return ""
    try:
        Heartbeat.objects.update_or_create(pk=1, defaults={"beat_at": timezone.now()})
    except DatabaseError as error:
        _proved_at = None
        return f"The database cannot be written ({type(error).__name__})."
    _proved_at = monotonic()
    return ""
