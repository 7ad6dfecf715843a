"""Draft texts of consultations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DraftsConfig(AppConfig):
    name = "consultations.drafts"
    label = "drafts"
    verbose_name = _("draft texts")

    def ready(self) -> None:
        from consultations.drafts.finding import PARAGRAPHS
        from partnership.pages import finding

        finding.register(PARAGRAPHS, order=25)
