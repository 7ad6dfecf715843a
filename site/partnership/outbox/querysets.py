"""Which mails."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partnership.mailboxes import older_spellings
from partnership.outbox.enums import MailState

#: How long one attempt may own a mail; who dies with it in hand gives it back after this.
LEASE = timedelta(minutes=2)


class OutgoingMailQuerySet(models.QuerySet):
    """Reads as a sentence: ``OutgoingMail.objects.due()``."""

    def with_address(self, email: str) -> Self:
        """Those that go to this mailbox, however it was written, or that are answered there."""
        found = Q()
        for written in (email, *older_spellings(email)):
            found |= Q(to__iexact=written) | Q(reply_to__iexact=written)
        return self.filter(found)

    def waiting(self) -> Self:
        """Not sent, not given up."""
        return self.filter(state=MailState.WAITING)

    def unclaimed(self, now: datetime) -> Self:
        """In nobody's hands, or in those of a process that died."""
        return self.filter(Q(leased_until=None) | Q(leased_until__lte=now))

    def due(self) -> Self:
        """To be tried now: codes that somebody waits for, then the longest waiting first.

        Else the code of a minute ago would stand behind the mail to a whole city, and expire.
        """
        now = timezone.now()
        found = self.waiting().unclaimed(now).filter(next_attempt_at__lte=now)
        return found.order_by(F("expires_at").asc(nulls_last=True), "pk")

    def overdue(self) -> Self:
        """Still waiting when what they carry is worth nothing any more."""
        return self.waiting().filter(expires_at__lte=timezone.now())

    def claim(self) -> bool:
        """Take the one mail this queryset is about, by compare-and-set; False if others did."""
        now = timezone.now()
        unsent = self.waiting().unclaimed(now)
        return unsent.update(leased_until=now + LEASE, attempts=F("attempts") + 1) == 1
