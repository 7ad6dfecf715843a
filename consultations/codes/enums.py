"""What can be true of a code."""

from django.db import models
from django.utils.translation import pgettext_lazy


class CodeStatus(models.TextChoices):
    """Whether somebody can still use it."""

    UNUSED = "unused", pgettext_lazy("code", "not used yet")
    SPENT = "spent", pgettext_lazy("code", "used")
    WITHDRAWN = "withdrawn", pgettext_lazy("code", "withdrawn")
