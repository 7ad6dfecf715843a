"""The figures behind the board, before anything is kept back; a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.db import connection
from django.db.models import Count

from consultations.enums import Channel
from consultations.official.models import AnswerSheet
from consultations.roadmap.enums import CommitmentStatus
from consultations.roadmap.models import Commitment
from home.parity.acts import Acts
from home.parity.years import Years, years_of
from partnership.cities.models import City
from partnership.masking import SMALLEST_GROUP
from partnership.pages.access import open_to_all

ELSEWHERE = "elsewhere"
PLACES = frozenset(("places", "places_used"))
#: Of what reports, consultations and results tell how much there is from each city.
TOLD_BY_CITY = frozenset(("places_used", "forms", "votes"))


@dataclass(slots=True)
class Figure:
    """How many, and how many people are behind it at least."""

    number: int = 0
    people: int = 0
    #: How many of them stand on pages that keep them back, because they are few there.
    kept_back_elsewhere: int = field(default=0, compare=False)

    @property
    def group(self) -> int:
        """How many people there are to protect.

        Whoever takes from a figure what pages show of it is left with those they keep back.
        """
        left = self.kept_back_elsewhere
        return min(self.people, left) if 0 < left < SMALLEST_GROUP else self.people


#: What is counted, the year, and the code of the city or ``elsewhere``.
Figures = dict[tuple[str, int, str], Figure]


@dataclass(slots=True)
class Counted:
    """Everything the board is made of."""

    years: Years
    places: tuple[str, ...]
    figures: Figures = field(default_factory=lambda: defaultdict(Figure))
    #: Year and city to the days that official answers took.
    days: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def median_days(self, year: int | None, place: str) -> float | None:
        """Half of the answers took longer; of a year or of all; None where there were none."""
        found = [
            days
            for (its_year, city), all_days in self.days.items()
            if city == place and year in (None, its_year)
            for days in all_days
        ]
        return median(found) if found else None


def count(cities: Sequence[City]) -> Counted:
    """Count everything; eight queries, whatever there is."""
    codes: dict[int | None, str] = {city.pk: city.code for city in cities} | {None: ELSEWHERE}
    counted = Counted(years_of(cities), tuple(codes.values()))
    acts = Acts(counted.years)
    _count_people(acts, counted.figures, codes)
    for year, city, number, people in acts.votes_counted():
        counted.figures["votes", year, codes[city]] = Figure(number, people)
    _count_words(acts.in_words(), counted.figures, codes)
    _count_page_by_page(acts, counted.figures, codes)
    _count_promises(counted, codes)
    for year, city, number in _events(acts):
        counted.figures["events", year, codes[city]] = Figure(number)
    _count_days(counted, codes)
    return counted


def _count_people(acts: Acts, figures: Figures, codes: dict[int | None, str]) -> None:
    """The database tells people apart: there may be a hundred thousand of them."""
    rows, values = acts.people().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH acts(year, city_id, person) AS ({rows})"  # noqa: S608 - Django's own, with values
            " SELECT year, city_id, COUNT(*) FROM acts GROUP BY year, city_id",
            values,
        )
        for year, city, number in cursor.fetchall():
            figures["people", year, codes[city]] = Figure(number, number)


def _count_page_by_page(acts: Acts, figures: Figures, codes: dict[int | None, str]) -> None:
    """The places of all events, and how many people pages keep back because they are few there."""
    rows = list(acts.page_by_page())
    on_a_page: defaultdict[tuple[str, int, int | None], int] = defaultdict(int)
    for kind, page, _year, city, number, _people in rows:
        on_a_page[kind, page, city] += number
    for kind, page, year, city, number, people in rows:
        figure = figures[kind, year, codes[city]]
        if kind in PLACES:
            figure.number += number
            figure.people += people
        if kind in TOLD_BY_CITY and on_a_page[kind, page, city] < SMALLEST_GROUP:
            figure.kept_back_elsewhere += people


def _count_words(rows: Iterable[Any], figures: Figures, codes: dict[int | None, str]) -> None:
    """Forms, comments and statements, and how and for whom they came in.

    Who is behind several groups of rows may be the same people: so many as are in the largest
    are there at least. Whoever has no participant is somebody else in every row.
    """
    known: defaultdict[tuple[str, int, str], int] = defaultdict(int)
    others: defaultdict[tuple[str, int, str], int] = defaultdict(int)
    for kind, year, city, way, voice, number, people, more in rows:
        for key in (kind, f"way:{way}", f"voice:{voice or 'person'}"):
            cell = key, year, codes[city]
            figures[cell].number += number
            known[cell] = max(known[cell], people)
            # The notes of a session are what a whole room wrote together.
            others[cell] += more * (SMALLEST_GROUP if way == Channel.SESSION else 1)
    for cell, people in known.items():
        figures[cell].people = people + others[cell]


def _count_promises(counted: Counted, codes: dict[int | None, str]) -> None:
    public = Commitment.objects.filter(open_to_all("roadmap__"), roadmap__live=True)
    promised = public.exclude(status=CommitmentStatus.PROPOSED).filter(
        led_by__isnull=False,
        roadmap__year__gte=counted.years.first,
        roadmap__year__lte=counted.years.last,
    )
    rows = promised.order_by().values_list("roadmap__year", "led_by", "status")
    for year, city, status, number in rows.annotate(number=Count("pk")):
        counted.figures["promises", year, codes[city]].number += number
        if status == CommitmentStatus.COMPLETED:
            counted.figures["promises_kept", year, codes[city]].number += number


def _events(acts: Acts) -> Any:
    """Events that are over, for every city they have a venue in."""
    rows = acts.events_held.values_list("year", "venues__city")
    return rows.annotate(number=Count("pk", distinct=True))


def _count_days(counted: Counted, codes: dict[int | None, str]) -> None:
    for sheet in AnswerSheet.objects.readable().select_related("consultation"):
        published_at: Any = sheet.published_at  # of these there is one
        closed_at, city = sheet.consultation.closes_at, sheet.consultation.lead_city_id
        found_from = max(published_at, closed_at)  # nobody finds it sooner
        year = counted.years.of_instant(found_from)
        counted.days[year, codes[city]].append((found_from - closed_at).days)
