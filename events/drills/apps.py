"""Checklists, after-action reviews and corrective actions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DrillsConfig(AppConfig):
    name = "events.drills"
    label = "drills"
    verbose_name = _("drills")

    def ready(self) -> None:
        from events.drills import overdue
        from events.drills.finding import REVIEWS
        from partnership.pages import finding

        finding.register(REVIEWS, order=60)
        overdue.register()
