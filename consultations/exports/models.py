"""Who took which export away, when and why, and the large ones that are being made."""

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.exports.enums import Format, JobState, Profile
from consultations.exports.querysets import ExportJobQuerySet


class ExportLog(models.Model):
    """One export; written before its first row leaves, completed after the last one."""

    consultation = models.ForeignKey(
        "consultations.ConsultationPage",
        verbose_name=_("consultation"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="exports",
    )
    exported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("exported by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: by a command on the server."),
    )
    exported_at = models.DateTimeField(_("exported at"), default=timezone.now)
    profile = models.CharField(_("profile"), max_length=10, choices=Profile)
    format = models.CharField(_("format"), max_length=10, choices=Format)
    tables = models.CharField(_("tables"), max_length=100)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    rows = models.PositiveIntegerField(
        _("rows"), null=True, help_text=_("Empty: it broke off before its end.")
    )
    as_of = models.DateTimeField(
        _("as of"), null=True, help_text=_("Empty: everything there was when it was made.")
    )
    sha256 = models.CharField(
        _("SHA-256"), max_length=64, blank=True, help_text=_("Of the file that left.")
    )

    fetched_at = models.DateTimeField(
        _("fetched at"), null=True, help_text=_("Of a file that was made in the background.")
    )

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ("-exported_at", "-pk")

    def __str__(self) -> str:
        return f"{self.exported_at:%Y-%m-%d} {self.profile} {self.format}"


class ExportJob(models.Model):
    """A large export: made by the clock, fetched once by whoever asked for it.

    What is asked for is written down with an instant, so that one that broke off is begun again
    and becomes the same file. The file itself has no address.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(
        "consultations.ConsultationPage", on_delete=models.CASCADE, related_name="export_jobs"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="export_jobs"
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    profile = models.CharField(_("profile"), max_length=10, choices=Profile)
    format = models.CharField(_("format"), max_length=10, choices=Format)
    tables = models.JSONField(_("tables"), default=list)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    as_of = models.DateTimeField(
        _("as of"), null=True, help_text=_("Empty: what was there when it was asked for.")
    )
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    alive_at = models.DateTimeField(null=True)
    rows_expected = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    filename = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    expires_at = models.DateTimeField(null=True)
    why = models.CharField(_("why it failed"), max_length=20, blank=True)
    log = models.ForeignKey(ExportLog, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ExportJobQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # gone in minutes

    class Meta:
        verbose_name = _("export in the background")
        verbose_name_plural = _("exports in the background")
        ordering = ("-asked_at", "-pk")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.key}"

    @property
    def path(self) -> Path:
        """Where its file is while it waits to be fetched; each attempt has one of its own."""
        root: Any = settings.EXPORT_ROOT
        return Path(root) / f"{self.key}.{self.attempts}"

    @property
    def is_ready(self) -> bool:
        """Whether it can be fetched at this moment."""
        return bool(
            self.state == JobState.READY and self.expires_at and timezone.now() < self.expires_at
        )

    @property
    def is_under_way(self) -> bool:
        """Whether something will still become of it by itself."""
        return self.state in {JobState.WAITING, JobState.RUNNING}

    @property
    def percent(self) -> int:
        """How much of it is written; 100 only when all of it is."""
        if self.state not in {JobState.WAITING, JobState.RUNNING}:
            return 100
        return min(99, 100 * self.rows_done // max(1, self.rows_expected))
