"""Debriefs and lessons."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "home.archive"
    label = "archive"
    verbose_name = _("debriefs and lessons")

    def ready(self) -> None:
        from home.archive.services import open_debriefs
        from partnership.outbox import clock

        clock.on_tick(open_debriefs, every=300)
