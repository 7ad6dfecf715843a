"""Which neighbourhoods a consultation is about, and the list of consultations by neighbourhood."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from consultations.models import ConsultationPage
from consultations.querysets import ConsultationQuerySet
from partnership.cities.models import City, Neighbourhood
from partnership.pages.alphabet import alphabetical

PARAMETER = "neighbourhood"


def chips(
    consultation: ConsultationPage, cities: Sequence[City], ancestors: Sequence[dict[str, str]]
) -> list[dict[str, str]]:
    """A pill for each neighbourhood, leading to what else is about it.

    The list of consultations is the last of the ``ancestors``. No query for a consultation that
    was just routed to.
    """
    list_url = ancestors[-1]["url"] if ancestors else ""
    return [
        {"text": text, "icon": "pin", "tone": "line", "url": _address(list_url, one)}
        for one, text in named(consultation.neighbourhoods.all(), cities)
    ]


def named(
    neighbourhoods: Iterable[Neighbourhood], cities: Iterable[City]
) -> list[tuple[Neighbourhood, str]]:
    """Each with its name and its city's: those of the first city first, then by the alphabet."""
    known = list(neighbourhoods)
    return [
        (one, f"{one}, {city}")
        for city in cities
        for one in alphabetical(part for part in known if part.city_id == city.pk)
    ]


def of_each(public: ConsultationQuerySet) -> dict[int, list[Neighbourhood]]:
    """The neighbourhoods that these consultations are about, by the key of each; one query."""
    pairs = ConsultationPage.neighbourhoods.through.objects.select_related("neighbourhood")
    found: dict[int, list[Neighbourhood]] = defaultdict(list)
    for pair in pairs.filter(consultationpage__in=public.order_by().values("pk")):
        found[pair.consultationpage_id].append(pair.neighbourhood)
    return found


def asked_for(query: Mapping[str, str], known: Iterable[Neighbourhood]) -> Neighbourhood | None:
    """The one in the address; None for what is none of them."""
    code = query.get(PARAMETER, "")
    return next((one for one in known if one.code == code), None)


def choices(
    known: Iterable[Neighbourhood],
    chosen: Neighbourhood | None,
    cities: Sequence[City],
    list_url: str,
) -> list[dict[str, Any]]:
    """A link for each, the one to everything first; none where there is nothing to choose."""
    links = [
        {"label": text, "url": _address(list_url, one), "current": one == chosen}
        for one, text in named(known, cities)
    ]
    everything = {"label": _("All consultations"), "url": list_url, "current": chosen is None}
    return [everything, *links] if links else []


def query_of(chosen: Neighbourhood | None) -> str:
    """What links to other pages of the list begin with, so that they show the same."""
    return f"{urlencode({PARAMETER: chosen.code})}&" if chosen else ""


def _address(list_url: str, one: Neighbourhood) -> str:
    return f"{list_url}?{urlencode({PARAMETER: one.code})}"
