"""Every mail of the site, written with the change and delivered after it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "partnership.outbox"
    label = "outbox"
    verbose_name = _("outbox")

    def ready(self) -> None:
        from partnership.outbox import clock, services, standstill

        clock.on_tick(standstill.go_round, every=20)
        clock.on_tick(services.deliver_due)
        clock.on_tick(services.forget_old, every=3600)
