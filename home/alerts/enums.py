"""Fixed choices about alerts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    """How grave it is."""

    INFORMATION = "information", pgettext_lazy("alert", "Information")
    WARNING = "warning", pgettext_lazy("alert", "Warning")
    DANGER = "danger", pgettext_lazy("alert", "Danger")


class Act(models.TextChoices):
    """What was done with an alert."""

    PUBLISHED = "published", pgettext_lazy("alert", "Published")
    CHANGED = "changed", pgettext_lazy("alert", "Changed")
    ENDED = "ended", pgettext_lazy("alert", "Declared over")


class Reach(models.TextChoices):
    """Of which alerts somebody wants to hear."""

    HOME = "home", _("Alerts for my home city")
    ALL = "all", _("Alerts for any of the cities")
