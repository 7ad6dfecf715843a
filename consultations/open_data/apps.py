"""What was said in a closed consultation, for everybody to download."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpenDataConfig(AppConfig):
    name = "consultations.open_data"
    label = "open_data"
    verbose_name = _("open data")

    def ready(self) -> None:
        from consultations.open_data.keeping import clear_away, throw_away
        from partnership.outbox.clock import on_tick
        from partnership.serving.cache import when_forgotten

        on_tick(clear_away, every=30)
        when_forgotten(throw_away)
