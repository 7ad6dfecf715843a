"""What kinds of initiatives there are, and how their intake stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InitiativeKind(models.TextChoices):
    """What the cities do together; a programme or a campaign."""

    INCUBATOR = "incubator", _("Business incubator")
    TOURISM = "tourism", _("Tourism consortium")
    PURCHASING = "purchasing", _("Joint purchasing")
    PROGRAMME = "programme", _("Other programme")
    TOURISM_CAMPAIGN = "tourism_campaign", _("Tourism campaign")
    CAMPAIGN = "campaign", _("Other campaign")


CAMPAIGNS = (InitiativeKind.TOURISM_CAMPAIGN, InitiativeKind.CAMPAIGN)
PROGRAMMES = tuple(kind for kind in InitiativeKind if kind not in CAMPAIGNS)


class IntakeState(models.TextChoices):
    """Whether one can apply now; computed, never stored."""

    FORTHCOMING = "forthcoming", _("Intake opens later")
    OPEN = "open", _("Intake open")
    CLOSED = "closed", _("Intake closed")
