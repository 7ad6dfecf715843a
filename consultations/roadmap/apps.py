"""Promises, where they came from and what became of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoadmapConfig(AppConfig):
    name = "consultations.roadmap"
    label = "roadmap"
    verbose_name = _("roadmap")

    def ready(self) -> None:
        from consultations import outcomes
        from consultations.roadmap import overdue
        from consultations.roadmap.finding import PROMISES
        from consultations.roadmap.outcomes import of_consultation
        from partnership.interface import desk_menu
        from partnership.pages import finding

        desk_menu.drawer("roadmap", _("Roadmap"), icon="list-ul", order=250)
        outcomes.register(of_consultation)
        finding.register(PROMISES, order=10)
        overdue.register()
