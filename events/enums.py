"""Fixed choices about events."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What sort of event; each has a page type of its own."""

    EXCHANGE = "exchange", _("Exchange")
    FESTIVAL = "festival", _("Festival")
    CHARRETTE = "charrette", _("Planning charrette")
    EXHIBITION = "exhibition", _("Exhibition")
    PLANNING_SESSION = "planning_session", _("Planning session")
    DRILL = "drill", _("Drill")


class Mode(models.TextChoices):
    """How one can be there."""

    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("in person and online")


class EventStatus(models.TextChoices):
    """Whether it happens as planned."""

    SCHEDULED = "scheduled", _("As planned")
    RESCHEDULED = "rescheduled", _("New date")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")
    MOVED_ONLINE = "moved_online", _("Moved online")


class SignUpState(models.TextChoices):
    """What the sign-up of an event is like right now; computed, never stored."""

    NOT_NEEDED = "not_needed", _("No sign-up needed")
    NOT_YET = "not_yet", _("Sign-up opens later")
    OPEN = "open", _("Sign-up open")
    FULL = "full", _("Full")
    CLOSED = "closed", _("Sign-up closed")
    OVER = "over", _("Over")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class ProvisionKind(models.TextChoices):
    """What is done so that everyone can come; picks the icon."""

    LANGUAGE = "language", _("languages and interpretation")
    HEARING = "hearing", _("captions and sign language")
    ACCESS = "access", _("step-free access")
    CHILDREN = "children", _("children")
    FOOD = "food", _("food and drink")
    TRAVEL = "travel", _("getting there")
    OTHER = "other", _("something else")
