"""Residents' words in every partner language."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

#: Seconds between two rounds of the machine translator, where there is one.
EVERY = 20


class TranslationsConfig(AppConfig):
    name = "consultations.translations"
    label = "translations"
    verbose_name = _("translations of residents' words")

    def ready(self) -> None:
        from consultations.translations import copies, forgetting
        from consultations.translations.participation import translations_written
        from consultations.translations.translating import translate_waiting
        from partnership.outbox.clock import on_tick
        from partnership.people import erasure, participation

        participation.section(translations_written, order=40)
        copies.register()
        erasure.on_erase(forgetting.forget)
        on_tick(translate_waiting, every=EVERY)
