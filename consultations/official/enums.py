"""What the cities can say to what was said."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AnswerState(models.TextChoices):
    """What becomes of it, as far as the cities know now."""

    UNDER_CONSIDERATION = "under_consideration", _("Under consideration")
    ACCEPTED = "accepted", _("Accepted")
    PARTLY_ACCEPTED = "partly_accepted", _("Partly accepted")
    DECLINED = "declined", _("Declined")


#: How each state looks: the tone of its pill and its sign.
LOOKS = {
    AnswerState.UNDER_CONSIDERATION: ("line", "clock"),
    AnswerState.ACCEPTED: ("ok", "check"),
    AnswerState.PARTLY_ACCEPTED: ("line", "half"),
    AnswerState.DECLINED: ("line", "x"),
}
