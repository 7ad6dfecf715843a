"""Who speaks for a partner."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnerVoicesConfig(AppConfig):
    name = "home.partners.voices"
    label = "partner_voices"
    verbose_name = _("voices of partners")

    def ready(self) -> None:
        from home.partners.voices import copies, overdue, services
        from home.partners.voices.models import PartnerVoice
        from partnership import continuity
        from partnership.interface import framing
        from partnership.people import copies as everything
        from partnership.people import erasure, participation, unused

        some_speak = PartnerVoice.objects.some_speak
        framing.know("has_partner_voices", some_speak, asks_the_clock=True)
        erasure.on_erase(services.forget)
        unused.keep_while(PartnerVoice.objects.accounts_of_speakers)
        everything.hold(copies.HELD)
        participation.section(copies.voices, order=16)
        continuity.register(overdue.CHECK, order=95)
