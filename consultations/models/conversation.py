"""What happens to a comment after it was written: support, other words, reports."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.enums import ReportReason
from consultations.models.contributions import LONGEST_COMMENT, Contribution
from partnership.cities.models import City
from partnership.people.models import Participant

LONGEST_NOTE = 500


class Support(models.Model):
    """What one person says to a comment: they support it, or they do not."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="support_rows"
    )
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    city = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    supports = models.BooleanField(_("supports it"))
    created_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("support")
        constraints = (
            models.UniqueConstraint(fields=("contribution", "participant"), name="support_once"),
        )

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.supports}"


class EarlierWording(models.Model):
    """Words that were replaced, or that a moderator did not pass; for moderators only."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="earlier_wordings"
    )
    text = models.TextField(_("text"), max_length=LONGEST_COMMENT)
    replaced_at = models.DateTimeField(_("replaced at"), default=timezone.now)

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    class Meta:
        verbose_name = _("earlier wording")
        verbose_name_plural = _("earlier wordings")
        ordering = ("replaced_at", "pk")

    def __str__(self) -> str:
        return self.text[:60]


class Report(models.Model):
    """A reader says that something is wrong with a comment; once for each person."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="reports")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=20, choices=ReportReason)
    note = models.TextField(_("note"), max_length=LONGEST_NOTE, blank=True)
    created_at = models.DateTimeField(_("reported at"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = (
            models.UniqueConstraint(fields=("contribution", "participant"), name="report_once"),
        )
        indexes = (models.Index(fields=("settled_at", "contribution"), name="report_open"),)

    def __str__(self) -> str:
        return str(self.get_reason_display())
