"""Fixed choices about places."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegistrationStatus(models.TextChoices):
    """What has become of a resident's place."""

    REGISTERED = "registered", _("Has a place")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("Has been offered a place")
    CANCELLED = "cancelled", _("Cancelled")
    ATTENDED = "attended", _("Was there")
    NO_SHOW = "no_show", _("Did not come")


#: Statuses that take up places at an event.
HOLDING = (
    RegistrationStatus.REGISTERED,
    RegistrationStatus.OFFERED,
    RegistrationStatus.ATTENDED,
    RegistrationStatus.NO_SHOW,
)
