"""Who took which export away, when and why."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.exports.enums import Format, Profile


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

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ("-exported_at", "-pk")

    def __str__(self) -> str:
        return f"{self.exported_at:%Y-%m-%d} {self.profile} {self.format}"
