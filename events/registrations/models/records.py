"""What staff sent to people with places, and which lists left the site."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.registrations.enums import Format


class GroupMessage(models.Model):
    """Some words to everybody of an event in some states, each in their own language."""

    event = models.ForeignKey(
        "events.EventPage", verbose_name=_("event"), on_delete=models.CASCADE, related_name="+"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    #: Statuses of those it goes to.
    statuses = models.JSONField(_("to those who"))
    joins_in = models.ForeignKey(
        "cities.City",
        verbose_name=_("joining in"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty means in whichever city."),
    )
    #: Language code to {"subject", "text"}; never columns: it is history, not content.
    words = models.JSONField(_("words"))
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    #: The last place it went to, in the order of their keys; the next round goes on behind it.
    told_up_to = models.PositiveBigIntegerField(default=0, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("message to a group")
        verbose_name_plural = _("messages to groups")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.event}, {self.pk}"

    @property
    def addressees(self) -> Any:
        """The registrations of those it goes to, as they are now."""
        group = self.event.registrations.filter(status__in=self.statuses)
        return group.filter(joins_in=self.joins_in_id) if self.joins_in_id else group


class PlacesExport(models.Model):
    """One list that left the site: whose, how, by whom, and why it held names."""

    event = models.ForeignKey(
        "events.EventPage", verbose_name=_("event"), on_delete=models.CASCADE, related_name="+"
    )
    exported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("exported by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    exported_at = models.DateTimeField(_("exported at"), default=timezone.now)
    format = models.CharField(_("format"), max_length=10, choices=Format)
    with_people = models.BooleanField(_("with names and addresses"), default=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("export of places")
        verbose_name_plural = _("exports of places")
        default_permissions = ("view",)
        ordering = ("-exported_at", "-pk")

    def __str__(self) -> str:
        return f"{self.event}, {self.exported_at:%Y-%m-%d}"
