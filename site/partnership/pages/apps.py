"""The page in all partner languages that every page type builds on."""

from django.apps import AppConfig
from django.core import checks
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "partnership.pages"
    label = "pages"
    verbose_name = _("pages")

    def ready(self) -> None:
        from partnership.outbox import clock
        from partnership.pages import (
            checks_once,
            choices_once,
            choosers,
            columns,
            files,
            finding,
            huge_numbers,
            queries_alike,
            redirect_files,
            references,
            rows_written,
            scheduled,
        )
        from partnership.pages.models import localized_path_changed
        from partnership.pages.redirects import redirect_old_addresses
        from partnership.pages.wording.letters import tell_the_author
        from partnership.pages.wording.page import publication_refused
        from partnership.tables.spreadsheets import calm_every_report

        connection_created.connect(finding.teach_sqlite)
        localized_path_changed.connect(redirect_old_addresses)
        publication_refused.connect(tell_the_author)
        clock.on_tick(scheduled.publish_and_expire, every=scheduled.EVERY)
        huge_numbers.find_nothing()
        choosers.find_nothing_by_words()
        files.ask_for_the_city()
        redirect_files.take_text_only()
        calm_every_report()
        choices_once.keep_choices()
        checks_once.keep_answers()
        rows_written.write_what_differs()
        references.collect_once()
        queries_alike.make_their_class_once()
        checks.register(columns.check_language_columns, checks.Tags.database)
