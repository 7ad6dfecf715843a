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


class Ending(models.TextChoices):
    """How a place, an offer or a wait ended; what ended before this was kept says nothing."""

    GIVEN_BACK = "given_back", _("Given back")
    LEFT = "left", _("Left the waiting list")
    OFFER_PASSED = "offer_passed", _("Offer not taken in time")
    NO_PLACE = "no_place", _("No place became free")
    CALLED_OFF = "called_off", _("The event did not take place")
    UNCONFIRMED = "unconfirmed", _("Not confirmed by the guardian")


#: Statuses that take up places at an event.
HOLDING = (
    RegistrationStatus.REGISTERED,
    RegistrationStatus.OFFERED,
    RegistrationStatus.ATTENDED,
    RegistrationStatus.NO_SHOW,
)

#: Statuses of those the door lets in: a list can be wrong about who did not come.
ADMITTED = (
    RegistrationStatus.REGISTERED,
    RegistrationStatus.ATTENDED,
    RegistrationStatus.NO_SHOW,
)

#: Statuses of somebody who has reason to hope that they will be there.
EXPECTED = (
    RegistrationStatus.REGISTERED,
    RegistrationStatus.OFFERED,
    RegistrationStatus.WAITING,
)


class QuestionType(models.TextChoices):
    """How a question of the sign-up form is answered."""

    TEXT = "text", _("text")
    SINGLE_CHOICE = "single_choice", _("one of several options")
    MULTIPLE_CHOICE = "multiple_choice", _("some of several options")
    NUMBER = "number", _("number")
    DATE = "date", _("date")


class Format(models.TextChoices):
    """How a list of places is written as a file."""

    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Excel (XLSX)")
