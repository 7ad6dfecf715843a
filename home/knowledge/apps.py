"""Practices, case studies and harmonised rules."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "home.knowledge"
    label = "knowledge"
    verbose_name = _("practices, cases and rules")

    def ready(self) -> None:
        from home.knowledge import keeping, overdue
        from home.knowledge.finding import RULES
        from home.knowledge.querysets import there_are_cases
        from partnership import continuity
        from partnership.interface import framing
        from partnership.pages import finding

        framing.know("has_case_studies", there_are_cases)
        keeping.register()
        finding.register(RULES, order=56)
        continuity.register(overdue.CHECK, order=56)
