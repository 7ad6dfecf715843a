"""Exchanges, festivals and charrettes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    label = "events"
    verbose_name = _("events")

    def ready(self) -> None:
        from partnership.interface import desk_menu

        desk_menu.drawer("events", _("Events"), icon="calendar-alt", order=210)
