"""Maps of cities."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MapsConfig(AppConfig):
    name = "consultations.maps"
    label = "maps"
    verbose_name = _("maps")

    def ready(self) -> None:
        from consultations.maps.finding import HAS_MAPS, there_are_maps
        from partnership.interface import framing

        framing.know(HAS_MAPS, there_are_maps)
