"""The looks."""
from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    name = "partnership.interface"
    label = "interface"
