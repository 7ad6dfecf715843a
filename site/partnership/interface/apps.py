"""The looks: prints, icons, charts, clocks, money, and what every page is framed by."""

from django.apps import AppConfig
from django.core import checks


class InterfaceConfig(AppConfig):
    name = "partnership.interface"
    label = "interface"

    def ready(self) -> None:
        from partnership.interface.catalogues import check_catalogues

        checks.register(check_catalogues, checks.Tags.translation)
