"""Places at events."""

import secrets
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.registrations.enums import HOLDING, RegistrationStatus
from events.registrations.querysets import RegistrationQuerySet

#: Letters and digits that nobody mixes up when reading a code aloud in either language.
CODE_ALPHABET = "ACDEFHJKLMNPRTWXY3479"
CODE_LENGTH = 7
NEEDS_LENGTH = 1000


def new_code() -> str:
    """Return a code to show at the door: 7 signs, 1.8 thousand million of them."""
    return "".join(secrets.choice(CODE_ALPHABET) for _position in range(CODE_LENGTH))


class Registration(models.Model):
    """The place, or the places, that one participant has taken at one event."""

    event = models.ForeignKey(
        "events.EventPage",
        verbose_name=_("event"),
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    participant = models.ForeignKey(
        "people.Participant",
        verbose_name=_("participant"),
        on_delete=models.CASCADE,
        related_name="registrations",
    )
    city = models.ForeignKey(
        "cities.City",
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Where the resident lived when taking the place; empty means elsewhere."),
    )
    joins_in = models.ForeignKey(
        "cities.City",
        verbose_name=_("joins in"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    party_size = models.PositiveSmallIntegerField(
        _("people in the group"), default=1, validators=(MinValueValidator(1),)
    )
    # No choices: they would freeze one pair of languages into the migrations.
    language_code = models.CharField(
        _("language at the table"),
        max_length=20,
        blank=True,
        help_text=_("Empty means either."),
    )
    needs = models.TextField(_("what they need to take part"), max_length=NEEDS_LENGTH, blank=True)
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=RegistrationStatus,
        default=RegistrationStatus.REGISTERED,
    )
    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    created_at = models.DateTimeField(_("taken at"), default=timezone.now)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("cancelled by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = RegistrationQuerySet.as_manager()

    #: Nothing an editor looks for among references; writing them would cost every sign-up.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("-created_at", "-pk")
        permissions = (("view_people", _("Can see who takes a place, and what they need")),)
        constraints = (
            models.UniqueConstraint(
                fields=("event", "participant"),
                name="one_registration_per_event_and_participant",
                violation_error_message=_("You already have a place at this event."),
            ),
            models.CheckConstraint(
                condition=Q(party_size__gte=1), name="registration_of_at_least_one_person"
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled") ^ Q(cancelled_at__isnull=True),
                name="registration_cancelled_has_its_time",
            ),
        )
        indexes = (models.Index(fields=("event", "status"), name="registration_event_status"),)

    def __str__(self) -> str:
        return self.code

    @property
    def is_active(self) -> bool:
        """Whether it takes up places at the event."""
        return self.status in HOLDING

    @property
    def can_cancel(self) -> bool:
        """Whether the resident may still give the place back."""
        return self.status == RegistrationStatus.REGISTERED and self.event.ends_at > timezone.now()

    @property
    def mail_language(self) -> str:
        """The language its holder reads mails in."""
        resident: Any = self.participant.resident
        return resident.language_code if resident else self.language_code
