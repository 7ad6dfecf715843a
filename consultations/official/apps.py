"""The cities' answers to what was said."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficialConfig(AppConfig):
    name = "consultations.official"
    label = "official"
    verbose_name = _("official answers")

    def ready(self) -> None:
        from consultations import answered
        from consultations.official import (
            claiming,
            copies,
            forgetting,
            keeping,
            reading,
            services,
            signing,
        )
        from consultations.official.finding import ANSWERS
        from consultations.official.models import AnswerSheet
        from consultations.official.participation import answers_waited_for
        from partnership.ledger import kinds
        from partnership.outbox import clock
        from partnership.pages import finding
        from partnership.people import erasure, guests, participation

        sheets = kinds.Kind(
            content=signing.content_of,
            title=signing.title_of,
            address=signing.address_of,
            rows=signing.rows_of,
            quotes=signing.quotes_of,
            cities=signing.cities_of,
            approved=services.publish_sheet,
            shown=reading.shown_in_the_log,
        )
        kinds.register(AnswerSheet, sheets)
        answered.register(reading.Reader())
        clock.on_tick(services.tell_everybody)
        guests.on_claim(claiming.merge)
        copies.register()
        erasure.on_erase(forgetting.forget)
        keeping.register()
        finding.register(ANSWERS, order=40)
        participation.section(answers_waited_for, order=22)
