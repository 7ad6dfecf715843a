"""Protocols of the cities."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProtocolsConfig(AppConfig):
    name = "home.protocols"
    label = "protocols"
    verbose_name = _("protocols")

    def ready(self) -> None:
        from home.protocols import keeping, overdue, services, signing
        from home.protocols.finding import STEPS
        from home.protocols.models import ProtocolVersion
        from partnership import continuity
        from partnership.ledger import kinds
        from partnership.pages import finding

        versions = kinds.Kind(
            content=signing.content_of,
            title=signing.title_of,
            address=signing.address_of,
            rows=signing.rows_of,
            cities=signing.cities_of,
            approved=services.put_into_force,
            shown=signing.shown_in_the_log,
        )
        kinds.register(ProtocolVersion, versions)
        keeping.register()
        finding.register(STEPS, order=55)
        continuity.register(overdue.CHECK, order=40)
