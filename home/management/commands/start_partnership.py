"""Begin a partnership of one's own, in any pair of languages."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.text import slugify

from home.new_site import NewCity, SiteIsNotEmpty, has_words, start_partnership
from partnership.cities.wall_clock import known_zones
from partnership.migrated import NeedsTables
from partnership.pages.languages import CODES, own_name

EXAMPLE = '--city "Alder Bay,en,Europe/London" --city "Puerto Almendro,es,Europe/Madrid"'


class Command(NeedsTables):
    help = (
        "Make an empty site: the cities, a front page, and the lists of events, consultations, "
        f"roadmaps and stories, in every partner language. For example: {EXAMPLE}"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--city",
            action="append",
            default=[],
            dest="cities",
            metavar="NAME,LANGUAGE,TIME_ZONE[,CODE]",
            help="Once for each city, the one named first first. Left out: one city per language.",
        )

    def handle(self, *, cities: list[str], **options: Any) -> None:
        described = [_city(words) for words in cities] or _one_for_each_language()
        if len(described) < 2:
            raise CommandError(f"A partnership has two cities at least: {EXAMPLE}")
        try:
            front_page = start_partnership(described)
        except (SiteIsNotEmpty, ValidationError) as refusal:
            raise CommandError(_words_of(refusal)) from refusal
        for code in CODES:
            self.stdout.write(f"Made: {front_page.url_in(code)}")
        if lacking := [own_name(code) for code in CODES if not has_words(code)]:
            self.stdout.write(
                f"The titles and the words on the front page are no {', no '.join(lacking)} yet:"
                " write them in the editing screens, where each of these pages counts as ready."
            )
        clocks = [city.time_zone for city in described]
        if settings.TIME_ZONE not in clocks:
            self.stdout.write(
                f"The site counts days on the clock of {settings.TIME_ZONE}: set TIME_ZONE to that"
                f" of a city, such as {clocks[0]}."
            )
        self.stdout.write("Now make yourself an account: python manage.py createsuperuser")
        self.stdout.write(
            "An administrator signs for no city: tick yours under “Works for” on the screen of"
            " your account, and open accounts for the editors of every city."
        )


def _city(words: str) -> NewCity:
    """Read ``Name,language,Time/Zone``, and a code of its own where the name makes none."""
    parts = [part.strip() for part in words.split(",")]
    if len(parts) not in {3, 4} or not all(parts):
        raise CommandError(f"--city {words!r}: write NAME,LANGUAGE,TIME_ZONE, such as {EXAMPLE}")
    name, language_code, time_zone = parts[:3]
    code = parts[3] if len(parts) == 4 else slugify(name)
    if not code:
        raise CommandError(f"--city {words!r}: add a code in Latin letters at the end.")
    if language_code not in CODES:
        raise CommandError(f"--city {words!r}: the language is one of {', '.join(CODES)}.")
    if time_zone not in known_zones():
        raise CommandError(f"--city {words!r}: no time zone has that name.")
    return NewCity(code=code, name=name, language_code=language_code, time_zone=time_zone)


def _one_for_each_language() -> list[NewCity]:
    """Cities to be renamed in the admin: one for each language, on the clock of UTC."""
    return [
        NewCity(code=f"city-{code}", name=f"City ({code})", language_code=code, time_zone="UTC")
        for code in CODES
    ]


def _words_of(refusal: Exception) -> str:
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    return str(refusal)
