"""Fixed choices about disagreements."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Confidentiality(models.TextChoices):
    """What readers see, from nothing to everything."""

    CLOSED = "closed", _("Nothing: only editors of its cities see it")
    EXISTENCE = "existence", _("That there is a disagreement, since when, and its step")
    OPEN = "open", _("Everything")


class OutcomeKind(models.TextChoices):
    """How a disagreement ended."""

    SETTLED = "settled", _("Settled")
    PARTLY = "partly", _("Settled in part")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NOT_SETTLED = "not_settled", _("Not settled")
