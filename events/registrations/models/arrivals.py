"""Who came in through the door, when, and who let them in."""

import uuid

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.registrations.querysets import ArrivalQuerySet


class Arrival(models.Model):
    """Some people of a group, or all of them, came in; one that was taken back stays as history."""

    registration = models.ForeignKey(
        "registrations.Registration",
        verbose_name=_("place"),
        on_delete=models.CASCADE,
        related_name="arrivals",
    )
    people = models.PositiveSmallIntegerField(_("people"), validators=(MinValueValidator(1),))
    arrived_at = models.DateTimeField(
        _("came in at"), help_text=_("On the clock of the door, which may have had no network.")
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("let in by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    #: What the door calls this act: however often it is sent, it counts once.
    mark = models.UUIDField(_("mark"), default=uuid.uuid4, editable=False)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken back by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ArrivalQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("arrival")
        verbose_name_plural = _("arrivals")
        default_permissions = ("view",)
        ordering = ("arrived_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("registration", "mark"), name="one_arrival_per_mark"),
            models.CheckConstraint(condition=Q(people__gte=1), name="arrival_of_somebody"),
        )

    def __str__(self) -> str:
        return f"{self.registration}: {self.people}"
