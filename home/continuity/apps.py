"""The bond between the cities, what it rests on, and what is overdue in the house."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

EVERY_QUARTER_OF_A_DAY = 6 * 3600


class ContinuityConfig(AppConfig):
    name = "home.continuity"
    label = "continuity"
    verbose_name = _("the bond and what it rests on")

    def ready(self) -> None:
        from home.continuity import overdue, services, signing
        from home.continuity.finding import INSTRUMENTS
        from home.continuity.models import StatusChange
        from home.continuity.telling import remind_of_what_is_overdue
        from partnership.ledger import kinds
        from partnership.outbox import clock
        from partnership.pages import finding

        changes = kinds.Kind(
            content=signing.content_of,
            title=signing.title_of,
            address=signing.address_of,
            rows=signing.rows_of,
            approved=services.take_effect,
            called_off=services.call_off,
            shown=signing.shown_in_the_log,
        )
        kinds.register(StatusChange, changes)
        overdue.register()
        clock.on_tick(remind_of_what_is_overdue, every=EVERY_QUARTER_OF_A_DAY)
        finding.register(INSTRUMENTS, order=57)
