"""Reminders to staff."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

EVERY_HOUR = 3600


class RemindersConfig(AppConfig):
    name = "consultations.reminders"
    label = "reminders"
    verbose_name = _("reminders to staff")

    def ready(self) -> None:
        from consultations.reminders import overdue
        from consultations.reminders.appeals import remind_of_appeals
        from consultations.reminders.services import remind
        from partnership import continuity
        from partnership.outbox.clock import on_tick

        on_tick(remind, every=EVERY_HOUR)
        on_tick(remind_of_appeals, every=EVERY_HOUR)
        continuity.register(overdue.CHECK, order=27)
