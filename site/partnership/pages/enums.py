"""Fixed choices about texts in several languages."""

from django.db import models
from django.utils.translation import pgettext_lazy


class TextState(models.TextChoices):
    """How a text in one language stands beside the same text in the others."""

    MISSING = "missing", pgettext_lazy("text", "missing")
    MACHINE = "machine", pgettext_lazy("text", "by a machine")
    STALE = "stale", pgettext_lazy("text", "out of date")
    CURRENT = "current", pgettext_lazy("text", "up to date")
