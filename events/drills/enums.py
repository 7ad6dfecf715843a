"""Fixed choices about drills."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ObservationKind(models.TextChoices):
    """What an observation is."""

    STRENGTH = "strength", _("Strength")
    IMPROVEMENT = "improvement", _("Area for improvement")


class ActionState(models.TextChoices):
    """How far a corrective action is; late is computed, never typed."""

    OPEN = "open", _("Open")
    IN_PROGRESS = "in_progress", _("Under way")
    DONE = "done", _("Closed")
    DROPPED = "dropped", _("Dropped")
