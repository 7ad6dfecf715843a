"""Where the words of an ambassador are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Nothing is shown before somebody has read it."""

    PENDING = "pending", _("waiting to be read")
    PUBLISHED = "published", _("shown")
    HIDDEN = "hidden", _("not shown")
