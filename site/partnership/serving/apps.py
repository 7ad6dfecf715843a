"""How pages reach readers: cache, policy, health."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServingConfig(AppConfig):
    name = "partnership.serving"
    label = "serving"
    verbose_name = _("serving")

    def ready(self) -> None:
        from partnership.serving import signals, without_api  # needs every model to be loaded

        without_api.leave_it_out()
        signals.connect()
