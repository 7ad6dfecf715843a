"""Programmes and campaigns."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "consultations.initiatives"
    label = "initiatives"
    verbose_name = _("programmes and campaigns")

    def ready(self) -> None:
        from consultations.initiatives import overdue
        from consultations.initiatives.presenting import KNOWN, there_are_public_ones
        from partnership.interface import framing

        framing.know(KNOWN, there_are_public_ones)
        overdue.register()
