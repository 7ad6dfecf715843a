"""Fixed choices about protocols."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ProtocolKind(models.TextChoices):
    """What a protocol is about."""

    EXCHANGE = "exchange", pgettext_lazy("protocol", "Exchange")
    MUTUAL_AID = "mutual_aid", pgettext_lazy("protocol", "Mutual aid")
    EMERGENCY = "emergency", pgettext_lazy("protocol", "Emergency")
    OTHER = "other", pgettext_lazy("protocol", "Other")
