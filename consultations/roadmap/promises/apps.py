"""Promises that readers know: no city changes them alone, and none changes silently."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromisesConfig(AppConfig):
    name = "consultations.roadmap.promises"
    label = "promises"
    verbose_name = _("changes of promises")

    def ready(self) -> None:
        from consultations.roadmap.promises import keeping, reading, services, signing
        from consultations.roadmap.promises.models import PromiseChange
        from partnership.ledger import kinds

        changes = kinds.Kind(
            content=signing.content_of,
            title=signing.title_of,
            address=signing.address_of,
            rows=signing.rows_of,
            cities=signing.cities_of,
            approved=services.make_change,
            called_off=services.call_off,
            shown=reading.shown_in_the_log,
        )
        kinds.register(PromiseChange, changes)
        keeping.register()
