"""Residents who were there answer those who think about going."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AmbassadorsConfig(AppConfig):
    name = "home.ambassadors"
    label = "ambassadors"
    verbose_name = _("ambassadors")

    def ready(self) -> None:
        from home.ambassadors import copies, keeping, overdue, services
        from home.ambassadors.finding import AMBASSADORS
        from partnership import continuity
        from partnership.interface import framing
        from partnership.pages import finding
        from partnership.people import copies as everything
        from partnership.people import erasure, participation, unused

        erasure.on_erase(services.forget)
        unused.keep_while(keeping.accounts)
        everything.hold(copies.HELD)
        participation.section(copies.ambassador, order=15)
        finding.register(AMBASSADORS, order=75)
        continuity.register(overdue.CHECK, order=90)
        framing.link_in_the_foot(
            framing.Link("ambassadors", _("Ambassadors"), keeping.there_are_some, framing.TOLD),
            order=6,
        )
