"""How far a change of a promise has come, and which changes are none."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.roadmap.enums import OUTSTANDING, CommitmentStatus


class ChangeState(models.TextChoices):
    """What became of a change that somebody asked for."""

    WAITING = "waiting", _("Waits for signatures")
    MADE = "made", _("Signed by every city")
    CALLED_OFF = "called_off", _("Called off")


#: From one of the first to one of the second a promise only makes progress.
PROGRESS = OUTSTANDING, (*OUTSTANDING, CommitmentStatus.COMPLETED)
