"""What somebody can ask to hear of, and how often."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What an issue tells, in its order."""

    CONSULTATIONS = "consultations", _("Consultations that open, and that close soon")
    EVENTS = "events", _("Exchanges and festivals to come")
    ANSWERS = "answers", _("Answers of the cities, and final results")
    ROADMAP = "roadmap", _("The roadmap: new promises, and how they move")
    STORIES = "stories", _("Stories")


class Rhythm(models.TextChoices):
    """How often it comes at most."""

    WEEKLY = "weekly", _("Every week, on Thursday")
    MONTHLY = "monthly", _("Every month, on the first Thursday")
