"""The results of a consultation as they were published for good."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.models import ConsultationPage
from partnership.ledger.digests import canonical, digest_of

LONGEST_REASON = 300


class ResultSnapshot(models.Model):
    """All figures of a consultation that readers may know, and the SHA-256 of exactly these.

    It holds figures and identifiers and no word of a resident, so that nothing in it has to be
    forgotten. A correction is another row with a reason; what was published stays on record.
    """

    consultation = models.ForeignKey(
        ConsultationPage, on_delete=models.PROTECT, related_name="snapshots"
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    content = models.JSONField(_("figures"))
    digest = models.CharField("SHA-256", max_length=64)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    frozen_at = models.DateTimeField(_("published at"), default=timezone.now)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: by a command on the server."),
    )

    wagtail_reference_index_ignore = True  # it points to nothing but its consultation

    class Meta:
        verbose_name = _("final results")
        verbose_name_plural = _("final results")
        ordering = ("consultation", "-number")
        default_permissions = ()
        permissions = (("freeze_results", _("Can publish final results")),)
        constraints = (
            models.UniqueConstraint(fields=("consultation", "number"), name="snapshot_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.consultation}, {self.number}: {self.digest[:12]}"

    @property
    def as_bytes(self) -> bytes:
        """The content as it is hashed: whoever has these bytes can compute the digest."""
        return canonical(self.content)

    @property
    def is_intact(self) -> bool:
        """Whether the content still has the digest it was published with."""
        return digest_of(self.content) == self.digest

    def figures_of(self, kind: str, key: Any) -> dict[str, Any] | None:
        """What is known of one question (by its identifier) or statement (by its number)."""
        name = "identifier" if kind == "questions" else "number"
        return next((each for each in self.content[kind] if each[name] == key), None)
