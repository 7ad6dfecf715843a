"""The looks: prints, icons, charts, clocks, money, and what every page is framed by."""

from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    name = "partnership.interface"
    label = "interface"
