"""Which cities a consultation compares: those that were there, and among them whose it is."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from consultations.models import ConsultationPage
from partnership.cities.models import City

#: With so few cities every one of them counts, whosever the consultation is.
A_PAIR = 2


def there_at_the_close(consultation: ConsultationPage, cities: Iterable[City]) -> list[City]:
    """The cities without those that joined later: nobody there was asked."""
    return [
        city
        for city in cities
        if city.joined_on is None or city.joined_on <= _day_in(city, consultation.closes_at)
    ]


def deciding(consultation: ConsultationPage, cities: Sequence[City]) -> frozenset[int]:
    """The keys of the cities whose votes carry a verdict; one query where there are three or more.

    A consultation of some of them waits for no other city, nor for one that had left when it
    opened: votes from there are shown beside the others and decide nothing, as those of people
    who live elsewhere. One that a single city holds compares all there are, because a verdict
    needs two.
    """
    partners = frozenset(
        city.pk for city in cities if not city.left_before(_day_in(city, consultation.opens_at))
    )
    if len(partners) <= A_PAIR:
        return partners
    own = partners.intersection(city.pk for city in consultation.cities.all())
    return own if len(own) >= A_PAIR else partners


def _day_in(city: City, instant: datetime) -> date:
    return instant.astimezone(ZoneInfo(city.time_zone)).date()
