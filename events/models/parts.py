"""What belongs to one event: venues, programme, and what is done so that everyone can come."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel
from wagtail.models import Orderable

from events.enums import ProvisionKind
from partnership.cities.wall_clock import WallClockField
from partnership.pages.panels import side_by_side

PROVISION_ICONS = {
    ProvisionKind.LANGUAGE: "swap",
    ProvisionKind.HEARING: "ear",
    ProvisionKind.ACCESS: "pin",
    ProvisionKind.CHILDREN: "people",
}


class EventVenue(Orderable):
    """A place in one of the cities where the event happens."""

    event = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="venues")
    city = models.ForeignKey(
        "cities.City", verbose_name=_("city"), on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    access_note = models.CharField(
        _("access"), max_length=300, blank=True, help_text=_("Steps, lift, tram stop, parking.")
    )
    map_url = models.URLField(_("map"), blank=True)

    publish_required = ("name",)
    facts = ("address",)
    panels = (
        FieldRowPanel(("city", "map_url")),
        side_by_side("name", heading=_("name")),
        side_by_side("address", heading=_("address")),
        side_by_side("access_note", heading=_("access")),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("venue")
        verbose_name_plural = _("venues")

    def __str__(self) -> str:
        return self.name


class ProgrammeItem(models.Model):
    """One point of the programme, at its hour."""

    event = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="programme")
    starts_at = WallClockField(_("starts at"))
    ends_at = WallClockField(_("ends at"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=160, blank=True)
    description = models.TextField(_("description"), blank=True)

    publish_required = ("title",)
    panels = (
        FieldRowPanel(("starts_at", "ends_at")),
        side_by_side("title", heading=_("title")),
        side_by_side("description", heading=_("description")),
    )

    class Meta:
        verbose_name = _("programme item")
        verbose_name_plural = _("programme items")
        ordering = ("starts_at", "pk")

    def __str__(self) -> str:
        return self.title


class EventProvision(Orderable):
    """Something done so that everyone can come."""

    event = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="provisions")
    kind = models.CharField(
        _("kind"), max_length=20, choices=ProvisionKind, default=ProvisionKind.OTHER
    )
    text = models.CharField(_("text"), max_length=200, blank=True)

    publish_required = ("text",)
    panels = ("kind", side_by_side("text", heading=_("text")))

    class Meta(Orderable.Meta):
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")

    def __str__(self) -> str:
        return self.text

    @property
    def icon(self) -> str:
        """The icon beside it."""
        return PROVISION_ICONS.get(ProvisionKind(self.kind), "check")
