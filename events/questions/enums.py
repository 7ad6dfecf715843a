"""Fixed choices about live questions."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class TimeState(StrEnum):
    """Where the time for questions stands, computed from its instants at every read."""

    NOT_YET = "not_yet"
    OPEN = "open"
    OVER = "over"


class Act(models.TextChoices):
    """What whoever chairs does with a question; each is one button."""

    PUBLISH = "publish", _("Publish")
    HIDE = "hide", _("Hide")
    TAKE = "take", _("Take this one now")
    PUT_BACK = "put_back", _("Put back")
    SETTLE = "settle", _("Answered")
    REOPEN = "reopen", _("Not answered after all")
