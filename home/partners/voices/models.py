"""Voices of partners: which accounts speak for which organisation."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.partners.models import Partner
from home.partners.voices.querysets import PartnerVoiceQuerySet, day_in_the_last_place
from partnership.people.models import Participant


class PartnerVoice(models.Model):
    """One account speaks for one partner, as soon as whoever it is has agreed to."""

    partner = models.ForeignKey(
        Partner, verbose_name=_("partner"), on_delete=models.CASCADE, related_name="voices"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="partner_voices"
    )
    valid_until = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The last day. Empty: until either side ends it."),
    )
    given_at = models.DateTimeField(_("asked on"), default=timezone.now, editable=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    #: The consent of whoever speaks; nobody speaks before.
    accepted_at = models.DateTimeField(_("agreed at"), null=True, editable=False)

    objects = PartnerVoiceQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # a tie between a person and an organisation

    class Meta:
        verbose_name = _("voice of a partner")
        verbose_name_plural = _("voices of partners")
        ordering = ("partner", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("partner", "participant"),
                name="partner_voice_once",
                violation_error_message=_("This person has been asked already."),
            ),
        )

    def __str__(self) -> str:
        # No name: this stands in logs, which stay when somebody leaves.
        return _("Voice No. %(number)s") % {"number": self.pk or "–"}

    @property
    def is_accepted(self) -> bool:
        """Whether whoever speaks has agreed to."""
        return self.accepted_at is not None

    @property
    def has_run_out(self) -> bool:
        """Whether its last day is past, or its partner has left: see ``speaking()``."""
        today = day_in_the_last_place()
        is_over = self.valid_until is not None and self.valid_until < today
        return is_over or self.partner.is_former_on(today) or not self.partner.is_published
