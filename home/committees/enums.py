"""Fixed choices about seats in committees and about disagreements."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SeatRole(models.TextChoices):
    """What somebody is in a committee, in the order in which readers see them."""

    CHAIR = "chair", pgettext_lazy("seat", "Chair")
    CO_CHAIR = "co_chair", pgettext_lazy("seat", "Co-chair")
    SECRETARY = "secretary", pgettext_lazy("seat", "Secretary")
    MEMBER = "member", pgettext_lazy("seat", "Member")
    DEPUTY = "deputy", pgettext_lazy("seat", "Deputy")


class StageKind(models.TextChoices):
    """The steps of a disagreement, in their order."""

    TALK = "talk", _("We talk to each other")
    COMMITTEE = "committee", _("The committee takes it up")
    MEDIATOR = "mediator", _("A mediator helps")
    REVIEW = "review", _("We look back at it")
