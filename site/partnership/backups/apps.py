"""Backups: the database and the uploads in one file."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupsConfig(AppConfig):
    name = "partnership.backups"
    label = "backups"
    verbose_name = _("backups")
