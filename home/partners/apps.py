"""Who else carries the partnership."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "home.partners"
    label = "partners"
    verbose_name = _("partners")

    def ready(self) -> None:
        from home.partners.finding import PARTNERS
        from home.partners.presenting import there_are_partners
        from partnership.interface import framing
        from partnership.pages import finding

        finding.register(PARTNERS, order=72)
        link = framing.Link("partners", _("Partners"), there_are_partners, framing.TOGETHER)
        framing.link_in_the_foot(link, order=40)
