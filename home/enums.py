"""The closed lists of the front page."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepIcon(models.TextChoices):
    """The picture in the arch of one step of a story told in steps."""

    VOICE = "chat", _("a voice")
    DRAWING = "plan", _("a drawing")
    DECISION = "flag", _("a decision")
    DONE = "check", _("something done")
    PEOPLE = "people", _("people")
    SWAP = "swap", _("an exchange")
    DAY = "cal", _("a day")
