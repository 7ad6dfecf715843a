"""Adds a partner language to a site in use and keeps everything that is there."""

from argparse import SUPPRESS, ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partnership.language_setting import own_name_of
from partnership.pages import new_language
from partnership.pages.languages import CODES

NEXT = """
{names} can be written now. What is left to do:
1. Set PARTNER_LANGUAGES={languages} where the site reads its variables.
2. Start the web server's processes and the clock again.
3. Editors find a column more on every screen, and how much is to be written in the report of
   translations. Until it is, readers of that language meet the texts in another one. A page that
   readers know can be published as before; a text of it that is changed, and a new page, wait for
   the language, unless an editor signs for a day.
4. Is it the language of a city that joins? Add the city in the admin.
"""
ALREADY_THERE = (
    "Already there. {names} can be written now. Set PARTNER_LANGUAGES={languages} and start the "
    "processes again if that is still to be done."
)


class Command(BaseCommand):
    help = (
        "Add a language to a site in use. The site may go on running meanwhile; nothing in the "
        "database is changed but for the new columns. Running it again does no harm."
    )
    requires_system_checks = ()  # one of them is what this command puts right

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="+", metavar="CODE", help="Such as fr or pt-br.")
        # Said to ourselves, in the process that has the language: PARTNER_LANGUAGES lacks it.
        parser.add_argument("--joins", action="store_true", help=SUPPRESS)

    def handle(self, *, codes: list[str], joins: bool, **_options: Any) -> None:
        try:
            new_language.check_can_join(codes)
        except new_language.CannotJoin as refusal:
            raise CommandError(str(refusal)) from refusal
        if not set(codes) <= set(CODES):
            if new_language.run_with_languages(codes):
                raise CommandError("It was not finished. Run it again when the reason is gone.")
            return
        is_news = joins or new_language.is_any_lacking(codes)
        new_language.add_columns(codes, self.stdout.write)
        names = ", ".join(own_name_of(code) for code in codes)
        told = NEXT if is_news else ALREADY_THERE
        self.stdout.write(told.format(names=names, languages=new_language.with_languages(codes)))
