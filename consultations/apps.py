"""Asking residents, counting and answering."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

#: Seconds between two rounds in which anonymous answers are mixed.
MIXED_EVERY = 15 * 60


class ConsultationsConfig(AppConfig):
    name = "consultations"
    label = "consultations"
    verbose_name = _("consultations")

    def ready(self) -> None:
        from consultations import copies, phases_apart
        from consultations.asking import claiming, forgetting
        from consultations.asking.mixing import mix_everything
        from consultations.finding import COMMENTS, STATEMENTS
        from consultations.participation import (
            comments_written,
            consultations_taken_part_in,
            ideas_supported,
            statements_proposed,
        )
        from consultations.snapshots import claiming as frozen_claims
        from consultations.visiting import claiming as visiting_claims
        from partnership.interface import desk_menu
        from partnership.outbox.clock import on_tick
        from partnership.pages import finding
        from partnership.people import erasure, guests, participation

        copies.register()
        desk_menu.drawer("consultations", _("Consultations"), icon="form", order=240)
        finding.register(STATEMENTS, order=20)
        finding.register(COMMENTS, order=30)
        on_tick(forgetting.forget_spent_addresses, every=3600)
        post_migrate.connect(phases_apart.protect_again, sender=self)
        on_tick(mix_everything, every=MIXED_EVERY)
        erasure.on_erase(forgetting.forget)
        guests.on_claim(frozen_claims.leave_counted)
        guests.on_claim(visiting_claims.merge)
        guests.on_claim(claiming.merge)
        participation.section(consultations_taken_part_in, order=20)
        participation.section(statements_proposed, order=25)
        participation.section(comments_written, order=30)
        participation.section(ideas_supported, order=32)
