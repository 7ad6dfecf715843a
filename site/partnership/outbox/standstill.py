"""Whether the clock goes round and mail leaves, for whoever looks after the site."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from partnership.outbox.models import ClockRound

#: A round with two hundred mails for a slow server is over sooner.
TOO_LONG = timedelta(minutes=10)
#: The only row.
KEY = 1


@dataclass(frozen=True)
class Standstill:
    """The clock stands still, or only the mail; ``since`` is None for a clock that never went."""

    since: datetime | None
    is_only_mail: bool = False

    def __str__(self) -> str:
        if self.since is None:
            return "The clock has never gone round."
        what = "No mail has left" if self.is_only_mail else "The clock has stood still"
        return f"{what} since {self.since:%Y-%m-%d %H:%M} UTC."


def go_round() -> None:
    """Note that the clock goes."""
    ClockRound.objects.update_or_create(pk=KEY, defaults={"went_at": timezone.now()})


def mail_leaves() -> None:
    """Note that the mail server took a mail."""
    ClockRound.objects.filter(pk=KEY).exclude(no_mail_since=None).update(no_mail_since=None)


def no_mail_leaves() -> None:
    """Note that the mail server cannot be used; since when stays what it was."""
    ClockRound.objects.filter(pk=KEY, no_mail_since=None).update(no_mail_since=timezone.now())


def what_stands_still() -> Standstill | None:
    """Return what has stood still for too long; one query."""
    last = ClockRound.objects.filter(pk=KEY).first()
    before = timezone.now() - TOO_LONG
    if last is None or last.went_at < before:
        return Standstill(last.went_at if last else None)
    if last.no_mail_since and last.no_mail_since < before:
        return Standstill(last.no_mail_since, is_only_mail=True)
    return None
