"""Disagreements of the cities."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

EVERY_HOUR = 3600


class DisputesConfig(AppConfig):
    name = "home.disputes"
    label = "disputes"
    verbose_name = _("disagreements")

    def ready(self) -> None:
        from home.disputes import overdue, services, signing
        from home.disputes.finding import DISPUTES
        from home.disputes.models import DisputeChange
        from home.disputes.presenting import there_are_public_ones
        from home.disputes.telling import remind_of_deadlines
        from partnership import continuity
        from partnership.interface import framing
        from partnership.ledger import kinds
        from partnership.outbox import clock
        from partnership.pages import finding

        changes = kinds.Kind(
            content=signing.content_of,
            title=signing.title_of,
            address=signing.address_of,
            rows=signing.rows_of,
            cities=signing.cities_of,
            approved=services.take_effect,
            called_off=services.call_off,
            shown=signing.shown_in_the_log,
            may_read=signing.may_read,
        )
        kinds.register(DisputeChange, changes)
        continuity.register(overdue.CHECK, order=28)
        clock.on_tick(remind_of_deadlines, every=EVERY_HOUR)
        finding.register(DISPUTES, order=65)
        # The page of contacts links them, too; it asks for nothing more than every page does.
        link = framing.Link("disputes", _("Disagreements"), there_are_public_ones, framing.TOGETHER)
        framing.link_in_the_foot(link, order=60)
