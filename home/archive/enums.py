"""Fixed choices about lessons."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LessonState(models.TextChoices):
    """How far a lesson has come."""

    PROPOSED = "proposed", pgettext_lazy("lesson", "Proposed")
    ACCEPTED = "accepted", pgettext_lazy("lesson", "Accepted")
    ADOPTED = "adopted", _("Taken up")
