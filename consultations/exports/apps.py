"""What was said in a consultation, as files that anybody can count again."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    name = "consultations.exports"
    label = "exports"
    verbose_name = _("exports")

    def ready(self) -> None:
        from consultations.exports import forgetting
        from consultations.exports.jobs import clear_away, make_next
        from partnership.outbox import clock
        from partnership.people import erasure

        clock.on_tick(make_next, apart=True)
        clock.on_tick(clear_away, every=30)
        erasure.on_erase(forgetting.forget)
