"""Closing reports of events, and the reminders that ask for them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "events.reports"
    label = "reports"
    verbose_name = _("closing reports")

    def ready(self) -> None:
        from events.reports import asking, keeping
        from partnership.outbox import clock

        clock.on_tick(asking.ask_for_reports, every=60)
        keeping.register()
