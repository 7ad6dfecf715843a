"""Every mail of the site, written with the change and delivered after it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "partnership.outbox"
    label = "outbox"
    verbose_name = _("outbox")
