"""The steps a consultation takes."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel

from consultations.enums import PhaseKind
from consultations.fields import ActsField
from partnership.cities.wall_clock import WallClockField
from partnership.pages.panels import side_by_side


class Phase(models.Model):
    """A step of a consultation; what it allows decides what may be done during it."""

    consultation = ParentalKey(
        "consultations.ConsultationPage", on_delete=models.CASCADE, related_name="phases"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PhaseKind)
    starts_at = WallClockField(_("starts at"))
    ends_at = WallClockField(_("ends at"))
    allows = ActsField(_("residents may"), default=list, blank=True)
    note = models.CharField(
        _("note"),
        max_length=60,
        blank=True,
        help_text=_("Shown instead of the days, for example “Committee, 9 June”."),
    )

    panels = (
        FieldRowPanel(("kind", "starts_at", "ends_at")),
        "allows",
        side_by_side("note"),
    )

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="phase_ends_after_it_starts",
                violation_error_message=_("A phase ends after it starts."),
            ),
        )

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def covers(self, instant: datetime) -> bool:
        """Whether the instant falls into this phase; its last instant is the next one's."""
        return self.starts_at <= instant < self.ends_at
