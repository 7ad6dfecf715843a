"""Which language of a page was there first, and how long the others took; as far as it is known."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from home.parity.models import LanguageVersion
from home.parity.years import Years
from partnership.pages.access import open_to_all
from partnership.pages.languages import CODES


@dataclass(frozen=True, slots=True)
class LanguageFigures:
    """Of pages that became public in a year: which language came first, and by how much."""

    #: Language to the pages that were complete in it before any other.
    first: dict[str, int]
    #: Pages that were complete in every language on the same day.
    at_once: int
    #: Language to the days it came after the first one, of pages in which it came later.
    late: dict[str, list[int]]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return not self.at_once and not any(self.first.values())

    def median_late(self, code: str) -> float | None:
        """Half of the pages took longer in that language; None where it never came later."""
        return median(self.late[code]) if self.late[code] else None

    def longest_late(self, code: str) -> int | None:
        """The most days that language took."""
        return max(self.late[code], default=None)


@dataclass(frozen=True, slots=True)
class Noted:
    """Every version that was noted, and since when there are notes."""

    by_year: dict[int, list[dict[str, datetime]]]
    since: datetime | None

    def of(self, year: int | None) -> LanguageFigures:
        """The figures of pages that became public in a year, or in any."""
        pages = [
            page
            for its_year, all_of_it in self.by_year.items()
            for page in all_of_it
            if year in (None, its_year)
        ]
        return figures_of(pages)


def noted(years: Years) -> Noted:
    """What was written down of pages that readers can see; one query."""
    public = LanguageVersion.objects.filter(open_to_all("page__"), page__live=True)
    rows = public.filter(language_code__in=CODES).order_by("page")
    pages: defaultdict[int, dict[str, datetime]] = defaultdict(dict)
    for page, code, published_at in rows.values_list("page", "language_code", "published_at"):
        pages[page][code] = published_at
    by_year: defaultdict[int, list[dict[str, datetime]]] = defaultdict(list)
    for versions in pages.values():
        by_year[years.of_instant(min(versions.values()))].append(versions)
    instants = (instant for versions in pages.values() for instant in versions.values())
    return Noted(dict(by_year), min(instants, default=None))


def figures_of(
    pages: Iterable[dict[str, datetime]], codes: Sequence[str] = tuple(CODES)
) -> LanguageFigures:
    """Count pages by the language that came first; days are whole ones of 24 hours."""
    first = dict.fromkeys(codes, 0)
    late: dict[str, list[int]] = {code: [] for code in codes}
    at_once = 0
    for versions in pages:
        begins = min(versions.values())
        days = {code: (instant - begins).days for code, instant in versions.items()}
        leaders = [code for code in codes if days.get(code) == 0]
        if len(leaders) == len(codes):
            at_once += 1
        elif len(leaders) == 1:
            first[leaders[0]] += 1
        for code, number in days.items():
            if number:
                late[code].append(number)
    return LanguageFigures(first, at_once, late)
