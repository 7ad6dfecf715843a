"""How places at an event are shared out: kept back, kept for cities, waited for."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel

from partnership.cities.wall_clock import WallClockField

#: After the sign-up's own panel on the editing screen.
SIGN_UP_PANELS = (
    MultiFieldPanel(
        (
            FieldRowPanel(("has_waiting_list", "reserved_places")),
            InlinePanel("quotas", heading=_("Places kept for a city"), label=_("quota")),
            "quotas_release_at",
        ),
        heading=_("Sharing the places"),
    ),
    MultiFieldPanel(
        (
            "takes_minors",
            "asks_guardians",
            InlinePanel(
                "sign_up_questions", heading=_("Questions when signing up"), label=_("question")
            ),
        ),
        heading=_("What we ask when somebody signs up"),
    ),
)


class SignUpRules(models.Model):
    """The part of an event page about sharing its places."""

    has_waiting_list = models.BooleanField(
        _("has a waiting list"),
        default=True,
        help_text=_("When it is full, people queue up; a free place is offered to the first."),
    )
    reserved_places = models.PositiveIntegerField(
        _("places kept back"),
        default=0,
        help_text=_("Of all places. Nobody signs up for them; you give them by hand."),
    )
    quotas_release_at = WallClockField(
        _("kept places are free for all from"),
        null=True,
        blank=True,
        help_text=_("Empty means that they stay with their cities until sign-up closes."),
    )
    takes_minors = models.BooleanField(
        _("people under 18 may come on their own"),
        default=False,
        help_text=_("We then ask for a parent's or guardian's name and consent."),
    )

    asks_guardians = models.BooleanField(
        _("ask the guardian by mail"),
        default=False,
        help_text=_(
            "Of those under 18. They get a link, and the place is held until they confirm. "
            "Otherwise whoever signs up ticks a box for them."
        ),
    )

    if TYPE_CHECKING:
        pk: Any
        capacity: int | None
        registrations: Any
        quotas: Any
        count_places_taken: Any

    class Meta:
        abstract = True

    @property
    def public_capacity(self) -> int | None:
        """The places people can sign up for: all but those kept back; None without a limit."""
        return None if self.capacity is None else max(0, self.capacity - self.reserved_places)

    @property
    def shown_taken(self) -> int:
        """The places readers see as taken: all of them while what is free is kept for a queue."""
        return (self.public_capacity or 0) if self.is_queued_for() else self.count_places_taken()

    def quotas_hold(self, now: datetime | None = None) -> bool:
        """Whether places that are kept for cities are still kept."""
        release = self.quotas_release_at
        return release is None or release > (now or timezone.now())

    def is_queued_for(self) -> bool:
        """Whether what is free is kept for people who wait; asked for unless annotated.

        While places are kept for cities each city has a queue of its own: see ``Room``.
        """
        if hasattr(self, "queued_for"):
            return bool(self.queued_for)
        if not self.pk or not self.registrations.waiting().exists():
            return False
        return not (self.quotas_hold() and self.quotas.exists())
