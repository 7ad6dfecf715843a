"""What can become of a mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """Stored; "failing" is a waiting mail that was tried before."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    EXPIRED = "expired", _("expired")
    UNDELIVERABLE = "undeliverable", _("undeliverable")
