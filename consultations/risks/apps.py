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
        from partnership import continuity
        from partnership.pages import finding

        finding.register(RISKS, order=15)
        for order, check in enumerate(CHECKS, 40):
            continuity.register(check, order=order)
