"""Fixed choices about practices, case studies and harmonised rules."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Evidence(models.TextChoices):
    """What a practice stands on, the least first."""

    IDEA = "idea", pgettext_lazy("evidence", "Idea")
    ONCE = "once", pgettext_lazy("evidence", "Tried once")
    EVERYWHERE = "everywhere", pgettext_lazy("evidence", "Tried in every city")
    MEASURED = "measured", pgettext_lazy("evidence", "Measured")


class CaseOutcome(models.TextChoices):
    """How a case ended."""

    WORKED = "worked", pgettext_lazy("case", "Worked")
    MIXED = "mixed", pgettext_lazy("case", "Mixed")
    FAILED = "failed", pgettext_lazy("case", "Failed")

    @property
    def icon(self) -> str:
        """The sign beside the word."""
        return {"worked": "check", "mixed": "half", "failed": "x"}[self]

    @property
    def tone(self) -> str:
        """The colour of its chip."""
        return {"worked": "ok", "mixed": "shared", "failed": "late"}[self]


class RuleArea(models.TextChoices):
    """What a rule is about."""

    PERMITTING = "permitting", _("Permits")
    DATA_SHARING = "data_sharing", _("Sharing data")
    PROCUREMENT = "procurement", _("Purchasing")
    OTHER = "other", pgettext_lazy("area of a rule", "Other")


class Gap(models.TextChoices):
    """How far the cities' rules are from the common one, the widest last."""

    NONE = "none", _("No gap")
    SMALL = "small", _("Small gap")
    LARGE = "large", _("Large gap")
    BLOCKING = "blocking", _("Blocking gap")

    @property
    def icon(self) -> str:
        """The sign beside the words."""
        return {"none": "check", "small": "dash", "large": "half", "blocking": "stop"}[self]

    @property
    def tone(self) -> str:
        """The colour of its chip."""
        return {"none": "ok", "small": "line", "large": "shared", "blocking": "late"}[self]
