"""The years of the board, by the clock of the first city."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from django.db.models import Case, IntegerField, Min, Value, When
from django.utils import timezone

from consultations.models import ConsultationPage
from events.models import EventPage
from partnership.cities.models import City


@dataclass(frozen=True, slots=True)
class Years:
    """From the first to this one, each from New Year to New Year."""

    first: int
    last: int
    zone: tzinfo

    @property
    def newest_first(self) -> list[int]:
        """This year, then those before it."""
        return list(range(self.last, self.first - 1, -1))

    def begins(self, year: int) -> datetime:
        """The first instant of a year."""
        return datetime(year, 1, 1, tzinfo=self.zone)

    def of_instant(self, instant: datetime) -> int:
        """The year it is at an instant."""
        return instant.astimezone(self.zone).year

    def of(self, column: str) -> Case:
        """The year of a column, null before the first and after this one.

        Instants are compared and no year is taken out of them: SQLite would ask Python for
        every row.
        """
        found = (
            When(
                **{f"{column}__gte": self.begins(year), f"{column}__lt": self.begins(year + 1)},
                then=Value(year),
            )
            for year in self.newest_first
        )
        return Case(*found, default=None, output_field=IntegerField())


def years_of(cities: Sequence[City]) -> Years:
    """The years since something was first asked or held; one query."""
    zone = ZoneInfo(cities[0].time_zone) if cities else UTC
    now = timezone.now()
    firsts = (
        pages.order_by().values("depth").annotate(first=Min(column)).values_list("first", flat=True)
        for pages, column in (
            (ConsultationPage.objects.live(), "opens_at"),
            (EventPage.objects.live(), "starts_at"),
        )
    )
    asked, held = firsts
    known = [instant for instant in asked.union(held) if instant and instant <= now]
    this_year = now.astimezone(zone).year
    return Years(min(known, default=now).astimezone(zone).year, this_year, zone)
