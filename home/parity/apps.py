"""The parity board."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParityConfig(AppConfig):
    name = "home.parity"
    label = "parity"
    verbose_name = _("the cities side by side")

    def ready(self) -> None:
        from wagtail.signals import page_published

        from home.parity.keeping import RENEWED_EVERY, renew
        from home.parity.services import note_languages
        from partnership.outbox import clock

        clock.on_tick(renew, every=RENEWED_EVERY)
        page_published.connect(note_languages)
