"""Debriefs and lessons."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "home.archive"
    label = "archive"
    verbose_name = _("debriefs and lessons")

    def ready(self) -> None:
        from consultations.open_data import years
        from home.archive import overdue
        from home.archive.finding import LESSONS
        from home.archive.packages import years_with_a_file
        from home.archive.presenting import there_are_lessons
        from home.archive.services import open_debriefs
        from partnership.interface import framing
        from partnership.outbox import clock
        from partnership.pages import finding

        clock.on_tick(open_debriefs, every=300)
        finding.register(LESSONS, order=50)
        overdue.register()
        years.packed_by(years_with_a_file)
        link = framing.Link("lessons", _("Lessons"), there_are_lessons, framing.TOGETHER)
        framing.link_in_the_foot(link, order=50)
