"""The joint risk register and its contingency plans."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RisksConfig(AppConfig):
    name = "consultations.risks"
    label = "risks"
    verbose_name = _("risks")

    def ready(self) -> None:
        from consultations.risks.finding import RISKS
        from consultations.risks.overdue import CHECKS
        from consultations.risks.presenting import there_are_public_ones
        from partnership import continuity
        from partnership.interface import framing
        from partnership.pages import finding

        finding.register(RISKS, order=15)
        register = framing.Link("risk_register", _("Risks"), there_are_public_ones, framing.WARNED)
        framing.link_in_the_foot(register, order=30)
        for order, check in enumerate(CHECKS, 40):
            continuity.register(check, order=order)
