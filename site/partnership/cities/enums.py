"""Fixed choices about cities."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Gate(models.TextChoices):
    """What happens when a page is published before every language is ready."""

    BLOCK = "block", pgettext_lazy("gate", "It is not published, unless an editor signs for a day")
    WARN = "warn", pgettext_lazy("gate", "It is published, and the editor is warned")
