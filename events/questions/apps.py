"""Live questions at events."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveQuestionsConfig(AppConfig):
    name = "events.questions"
    label = "live_questions"
    verbose_name = _("live questions")

    def ready(self) -> None:
        from events.questions import copies, keeping, overdue
        from events.questions.finding import QUESTIONS
        from events.questions.participation import questions
        from events.questions.services import leaving
        from partnership.pages import finding
        from partnership.people import erasure, guests, participation

        participation.section(questions, order=15)
        guests.on_claim(leaving.merge)
        erasure.on_erase(leaving.forget)
        finding.register(QUESTIONS, order=55)
        keeping.register()
        copies.register()
        overdue.register()
