"""Fixed choices about the bond between the cities and what it rests on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BondKind(models.TextChoices):
    """How closely the cities are bound."""

    FRIENDSHIP_CITY = "friendship_city", _("Friendship cities")
    SISTER_CITY = "sister_city", _("Sister cities")


class BondStatus(models.TextChoices):
    """How the partnership stands; every city signs a change of it."""

    ACTIVE = "active", pgettext_lazy("partnership", "Active")
    LIMITED = "limited", pgettext_lazy("partnership", "Limited")
    PAUSED = "paused", pgettext_lazy("partnership", "Paused")
    ENDED = "ended", pgettext_lazy("partnership", "Ended")


#: These may last until a day; what is active or ended has none.
FOR_A_TIME = (BondStatus.LIMITED, BondStatus.PAUSED)


class InstrumentKind(models.TextChoices):
    """What gives the partnership a place in the law of a city."""

    ORDINANCE = "ordinance", _("Ordinance")
    AGREEMENT = "agreement", _("Agreement")
    PROCEDURE = "procedure", _("Binding procedure")


class Validity(models.TextChoices):
    """Whether an instrument counts on a day."""

    TO_COME = "to_come", _("Not in force yet")
    IN_FORCE = "in_force", _("In force")
    EXPIRES_SOON = "expires_soon", _("Expires soon")
    EXPIRED = "expired", _("Expired")
    SET_ASIDE = "set_aside", _("Repealed or replaced")
