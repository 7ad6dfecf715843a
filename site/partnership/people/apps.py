"""Residents, their accounts, and whoever takes part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "partnership.people"
    label = "people"
    verbose_name = _("people")

    def ready(self) -> None:
        from partnership.outbox import clock
        from partnership.people import services, tokens

        clock.on_tick(tokens.purge, every=3600)
        clock.on_tick(services.forget_unconfirmed, every=3600)
