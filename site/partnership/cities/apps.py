"""The cities that residents belong to."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CitiesConfig(AppConfig):
    name = "partnership.cities"
    label = "cities"
    verbose_name = _("cities")
