"""Committees, contacts and mediators."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    name = "home.committees"
    label = "committees"
    verbose_name = _("people in charge")

    def ready(self) -> None:
        from home.committees.copies import CONTACTS as HELD
        from home.committees.finding import CONTACTS, DECISIONS
        from home.committees.keeping import BECAUSE, has_met
        from home.committees.overdue import CHECKS
        from partnership import continuity
        from partnership.pages import finding, keeping
        from partnership.people import copies

        copies.hold(HELD)
        finding.register(DECISIONS, order=45)
        finding.register(CONTACTS, order=70)
        keeping.keep(has_met, because=BECAUSE)
        for place, check in enumerate(CHECKS, 20):
            continuity.register(check, order=place)
