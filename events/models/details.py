"""What an event says beside its text, and how a change of it reaches calendars."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel

from events.enums import EventStatus, Mode
from events.fields import CodesField, codes_in, language_choices
from partnership.cities.wall_clock import WallClockField
from partnership.pages.languages import CODES, field_names
from partnership.pages.panels import side_by_side

ANNOUNCEMENT_PANEL = MultiFieldPanel(
    ("event_status", side_by_side("status_reason", heading=_("reason")), "planned_for"),
    heading=_("When it is not as planned"),
)
#: What an entry in somebody's calendar says: when one of these changes, it must be replaced.
TOLD = ("starts_at", "ends_at", "time_zone", "mode", "event_status", "online_url")
TOLD_IN_WORDS = ("title", "summary", "status_reason")
TOLD_OF_VENUES = ("city_id", "opens_on", "closes_on", "weekdays", "opens_at", "closes_at")
VENUE_WORDS = ("name", "address")


class EventDetails(models.Model):
    """Hosts, languages, what to bring; whether it happens as planned."""

    languages = CodesField(
        _("languages spoken"),
        max_length=120,
        blank=True,
        offered=language_choices,
        help_text=_("None means all of them."),
    )
    online_url = models.URLField(
        _("where to join online"), blank=True, help_text=_("Everybody can see this address.")
    )
    what_to_bring = models.TextField(_("what to bring"), blank=True)
    hosts = models.CharField(_("who makes it happen"), max_length=300, blank=True)
    conveners = models.CharField(
        _("who convenes it"),
        max_length=300,
        blank=True,
        help_text=_("Who invites and moderates without taking sides, if somebody does."),
    )
    event_status = models.CharField(
        _("state"), max_length=20, choices=EventStatus, default=EventStatus.SCHEDULED
    )
    status_reason = models.CharField(
        _("reason"), max_length=300, blank=True, help_text=_("Shown when it is not as planned.")
    )
    planned_for = WallClockField(
        _("first planned for"),
        null=True,
        blank=True,
        help_text=_("Of a new date. Empty: the date that was published before."),
    )
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    calendar_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def status_label(self) -> str:
        """What is different from the plan; empty when nothing is."""
        is_planned = self.event_status == EventStatus.SCHEDULED
        return "" if is_planned else self.get_event_status_display()

    @property
    def is_postponed(self) -> bool:
        """Whether it has no date for now."""
        return self.event_status == EventStatus.POSTPONED

    @property
    def has_a_date(self) -> bool:
        """Whether it takes place, on a day that is known."""
        return self.event_status not in {EventStatus.CANCELLED, EventStatus.POSTPONED}

    @property
    def way_to_be_there(self) -> Mode:
        """How one can be there now: online, once it has been moved there."""
        is_moved = self.event_status == EventStatus.MOVED_ONLINE
        return Mode.ONLINE if is_moved else Mode(self.mode)

    @property
    def spoken(self) -> list[str]:
        """The codes of the languages it is held in."""
        return codes_in(self.languages) or list(CODES)

    @property
    def first_date(self) -> datetime | None:
        """When it was to be, for an event that has a new date."""
        return self.planned_for if self.event_status == EventStatus.RESCHEDULED else None

    def number_the_change(self, update_fields: Iterable[str] | None) -> None:
        """Before it is saved as published: raise the number in calendars if they must change.

        The stored number counts, not the one a draft was written with. What only partly is
        saved (a draft, a lock) changes nothing readers see.
        """
        if not self.live or update_fields is not None:
            return
        digest = self.told_to_calendars()
        stored = self._stored_number()
        self.calendar_sequence, before = stored or (self.calendar_sequence, "")
        if stored and before != digest:
            self.calendar_sequence += 1
        self.calendar_digest = digest

    def _stored_number(self) -> tuple[int, str] | None:
        """Return the stored number and digest; nobody else changes the row until we commit."""
        if not self.pk:
            return None
        model: Any = self._meta.get_field("kind").model
        row = model.objects.select_for_update(of=("self",)).filter(pk=self.pk)
        return row.order_by().values_list("calendar_sequence", "calendar_digest").first()

    def told_to_calendars(self) -> str:
        """Return a digest of everything that an entry in a calendar says."""
        names = (*TOLD, *(column for name in TOLD_IN_WORDS for column in field_names(name)))
        words = [column for name in VENUE_WORDS for column in field_names(name)]
        event: Any = self
        facts = [
            [getattr(event, name) for name in names],
            *(
                [getattr(venue, name) for name in (*TOLD_OF_VENUES, *words)]
                for venue in event.venues.all()
            ),
            *([partner.pk] for partner in event.hosting.all()),
        ]
        told = json.dumps([[_plain(fact) for fact in row] for row in facts])
        return hashlib.sha256(told.encode()).hexdigest()


def _plain(fact: Any) -> str:
    """Nothing and an empty text say the same; an instant is one on whichever clock it is told."""
    if isinstance(fact, datetime):
        fact = fact.astimezone(UTC)
    return "" if fact is None else str(fact)
