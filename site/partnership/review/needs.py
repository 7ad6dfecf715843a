"""Which cities read a page before it is published."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from partnership.cities.models import City

if TYPE_CHECKING:
    from partnership.pages.models import BasePage


def cities_asked(step: City | None, versions: "Iterable[BasePage]") -> list[City]:
    """Return the cities of which one may answer at this step; none when it is passed over.

    ``step`` is the city whose step it is, None for "any partner city". ``versions`` are the
    page as it is and as it would become: who gains or loses a page reads it, too.

    A joint page speaks for every city, so every city reads it. A page of one city is read by
    that city and by one partner, because a translation checked by nobody who lives in the
    language is not checked. With two cities that partner is the other one; with more, any. Who
    has left the partnership reads nothing any more.
    """
    everyone = list(City.objects.partners())
    owners = _owners(versions, everyone)
    one_partner_is_missing = len(owners) == 1
    if step is None:
        with_more_partners = one_partner_is_missing and len(everyone) > 2
        return [city for city in everyone if city not in owners] if with_more_partners else []
    if one_partner_is_missing and len(everyone) == 2:
        owners = set(everyone)
    return [step] if step in owners else []


def _owners(versions: "Iterable[BasePage]", everyone: list[City]) -> set[City]:
    owners: set[City] = set()
    for version in versions:
        owners |= set(version.cities.all()).intersection(everyone) or set(everyone)
    return owners
