"""What people hear of, and what of a promise's delivery."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailKind(models.TextChoices):
    """The mails that nobody has to get; each can be stopped alone.

    Codes, places and decisions of moderators are none of them: nobody stops those.
    """

    ANSWERS = "answers", _("Answers of the cities")
    PROMISES = "promises", _("Promises that move")
    DELIVERIES = "deliveries", _("What promises deliver")
    REPLIES = "replies", _("Replies to what you wrote")

    @property
    def news(self) -> str:
        """The column of a ``Notice`` of it; answers wait in an ``AnswerWish`` and have none."""
        columns = {"promises": "step", "deliveries": "delivery", "replies": "reply"}
        return columns.get(self.value, "")


class DeliveryKind(StrEnum):
    """Each is told in a sentence of its own; readers never see these words."""

    MILESTONE = "milestone"
    READING = "reading"
    VERDICT = "verdict"
