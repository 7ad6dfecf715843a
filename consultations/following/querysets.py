"""Who is to be told, and of what."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from consultations.following.enums import DeliveryKind, MailKind
from partnership.pages.access import open_to_all

if TYPE_CHECKING:
    from partnership.people.models import Participant

#: After a mail about replies to a comment, how long the next replies to it wait.
BETWEEN_REPLIES = timedelta(days=1)
#: The same after a mail about what promises delivered, and after one that told of readings.
BETWEEN_DELIVERIES = timedelta(days=1)
BETWEEN_READINGS = timedelta(days=7)


class StopQuerySet(models.QuerySet):
    """Who wants no more mails."""

    def about(self, consultation_id: Any, kind: MailKind) -> Self:
        """Stops that keep such a mail back: of this consultation, of its kind, or of all mails."""
        here = Q(consultation=None) | Q(consultation=consultation_id)
        return self.filter(here, kind__in=("", kind))

    def exactly(
        self, participant: "Participant", consultation_id: int | None, kind: MailKind | None
    ) -> Self:
        """One person's stop of just that: of one consultation, of one kind, or of all mails."""
        return self.filter(participant=participant, consultation=consultation_id, kind=kind or "")


class PromiseStepQuerySet(models.QuerySet):
    """What promises looked like."""

    def settling(self) -> Self:
        """Those that may still turn out to be a slip of the finger."""
        return self.filter(listed_at=None)

    def told(self) -> Self:
        """Those that people hear of, or that were known before anybody was told anything."""
        return self.exclude(listed_at=None).order_by("pk")


class NoticeQuerySet(models.QuerySet):
    """What somebody is still to be told."""

    def waiting(self) -> Self:
        """Those nobody was written to about, the oldest first."""
        return self.filter(told_at=None).order_by("pk")

    def of_promises(self) -> Self:
        """Of promises that readers find, once everybody concerned is on the list."""
        roadmap = "step__commitment__roadmap__"
        found = self.waiting().filter(step__listed_at__isnull=False, **{f"{roadmap}live": True})
        return found.filter(open_to_all(roadmap))

    def of_deliveries(self) -> Self:
        """Of what public promises delivered, for those whom no mail told of such a thing lately.

        Readings wait longer than the rest, and are told together.
        """
        now, roadmap = timezone.now(), "delivery__commitment__roadmap__"
        told = self.model._default_manager.filter(
            participant=OuterRef("participant"), delivery__isnull=False
        )
        lately = told.filter(told_at__gt=now - BETWEEN_DELIVERIES)
        of_reading = Q(delivery__kind=DeliveryKind.READING)
        measured = told.filter(of_reading, told_at__gt=now - BETWEEN_READINGS)
        found = self.waiting().filter(
            open_to_all(roadmap),
            delivery__listed_at__isnull=False,
            **{f"{roadmap}live": True},
        )
        return found.exclude(Exists(lately)).exclude(of_reading & Exists(measured))

    def of_replies(self) -> Self:
        """Of replies that readers find, by others, to comments nobody was told of lately."""
        lately = self.model._default_manager.filter(
            participant=OuterRef("participant"),
            reply__parent=OuterRef("reply__parent"),
            told_at__gt=timezone.now() - BETWEEN_REPLIES,
        )
        found = self.waiting().filter(
            open_to_all("consultation__"),
            consultation__live=True,
            reply__publication_status="published",
            reply__parent__publication_status="published",
            reply__parent__participant=F("participant"),
        )
        return found.exclude(reply__participant=F("participant")).exclude(Exists(lately))
