"""Final results."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SnapshotsConfig(AppConfig):
    name = "consultations.snapshots"
    label = "snapshots"
    verbose_name = _("final results")
