"""Fixed choices about risks: kinds, levels, and how grave a score is."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: From this score on, before or after the measures, a risk needs a plan that was exercised.
GRAVE = 15


class RiskKind(models.TextChoices):
    """What a risk comes from."""

    NATURE = "nature", _("Nature and climate")
    TECHNOLOGY = "technology", _("Technology and supply")
    HEALTH = "health", _("Health")
    SOCIETY = "society", _("People and society")
    MONEY = "money", _("Money")
    GOVERNANCE = "governance", _("Politics and administration")
    SECURITY = "security", _("Security")


class RiskState(models.TextChoices):
    """Whether anybody still has to watch it."""

    OPEN = "open", pgettext_lazy("risk", "Open")
    CLOSED = "closed", pgettext_lazy("risk", "Closed")


class Likelihood(models.IntegerChoices):
    """How likely it is."""

    RARE = 1, pgettext_lazy("likelihood", "Rare")
    UNLIKELY = 2, pgettext_lazy("likelihood", "Unlikely")
    POSSIBLE = 3, pgettext_lazy("likelihood", "Possible")
    LIKELY = 4, pgettext_lazy("likelihood", "Likely")
    ALMOST_CERTAIN = 5, pgettext_lazy("likelihood", "Almost certain")


class Impact(models.IntegerChoices):
    """How much harm it would do."""

    NEGLIGIBLE = 1, pgettext_lazy("impact", "Negligible")
    MINOR = 2, pgettext_lazy("impact", "Minor")
    MODERATE = 3, pgettext_lazy("impact", "Moderate")
    MAJOR = 4, pgettext_lazy("impact", "Major")
    SEVERE = 5, pgettext_lazy("impact", "Severe")


class Band(models.TextChoices):
    """What a score means in a word."""

    LOW = "low", pgettext_lazy("risk", "Low")
    MEDIUM = "medium", pgettext_lazy("risk", "Medium")
    HIGH = "high", pgettext_lazy("risk", "High")
    GRAVE = "grave", pgettext_lazy("risk", "Grave")

    @classmethod
    def of(cls, score: int) -> "Band":
        """Return the band a score lies in."""
        return next(band for least, band in LEAST if score >= least)


#: From which score on each band begins, the gravest first.
LEAST = ((GRAVE, Band.GRAVE), (10, Band.HIGH), (5, Band.MEDIUM), (0, Band.LOW))
