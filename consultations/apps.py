"""Asking residents, counting and answering."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    name = "consultations"
    label = "consultations"
    verbose_name = _("consultations")

    def ready(self) -> None:
        from consultations.asking import claiming
        from consultations.participation import (
            comments_written,
            consultations_taken_part_in,
            statements_proposed,
        )
        from partnership.people import guests, participation

        guests.on_claim(claiming.merge)
        participation.section(consultations_taken_part_in, order=20)
        participation.section(statements_proposed, order=25)
        participation.section(comments_written, order=30)
