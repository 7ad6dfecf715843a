"""Who may speak for a city hall or another public body, and which names would pass as one."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from partnership.cities.models import City
from partnership.pages.languages import field_names, localized
from partnership.pages.words import plain
from partnership.people.enums import RESERVED, OrganisationKind
from partnership.people.models import Resident
from partnership.refusals import Refused

CITY_HALLS = Path(__file__).with_name("city_halls.toml")
#: Letters and figures that one reads as another, small ones as they look when written large,
#: too (after confusables.txt of Unicode Technical Standard 39).
LOOK_ALIKES = str.maketrans(
    "авсԁеһіјкӏмнорԛѕтухѵѡαβεζηικμνορτυχi10",
    "abcdehljklmhopqstyxvwabezhlkmnoptyxllo",
)


class KindReserved(Refused):
    """A kind that only people who work for a city may choose."""

    code = "organisation_kind_reserved"
    field = "organisation_kind"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Only people who work for a city can speak for a city hall or another public body"
                " here. Choose another kind, or speak for yourself."
            )
        )


class NamedLikeCityHall(Refused):
    """A name that readers would take for a city's own."""

    code = "organisation_named_like_city_hall"
    field = "organisation_name"

    def __init__(self) -> None:
        super().__init__(
            _(
                "That is what a city or its city hall is called, and only people who work there"
                " speak for it. Write the name of your organisation."
            )
        )


class Organisation(NamedTuple):
    """As it is stored; ``is_official`` where the site itself knows who is speaking."""

    kind: str
    name: str
    is_official: bool = False


def cities_of(person: Resident | None) -> list[City]:
    """The cities somebody works for; nobody else may speak for one."""
    return list(person.edits_for.all()) if person is not None and person.is_staff else []


def checked_organisation(kind: str, name: str, *, person: Resident | None) -> Organisation:
    """Return the organisation if this person may speak for it.

    Whoever works for a city speaks for its city hall under the city's own name, whatever was
    typed; of several cities for the one that was named, else for their home city or the first.
    Raises KindReserved or NamedLikeCityHall.
    """
    cities = cities_of(person) if kind in RESERVED else []
    if kind in RESERVED and not cities:
        raise KindReserved
    if kind == OrganisationKind.CITY_HALL:
        return Organisation(kind, _own_name(cities, name, person), is_official=True)
    if is_like_city_hall(name):
        raise NamedLikeCityHall
    return Organisation(kind, name)


def _own_name(cities: list[City], name: str, person: Resident | None) -> str:
    home = person.city_id if person else None
    chosen = sorted(cities, key=lambda city: (not _is_named(city, name), city.pk != home))[0]
    column = localized("name", chosen.language_code)
    return f"{getattr(chosen, column, '') or chosen}"


def is_like_city_hall(name: str) -> bool:
    """Tell whether readers would take the name for that of a city of the partnership; one query."""
    return any(_is_named(city, name) for city in City.objects.all())


def _is_named(city: City, name: str) -> bool:
    names = {getattr(city, column) for column in field_names("name")} - {None, ""}
    known = {folded(form.format(city=each)) for each in names for form in _forms()}
    return folded(name) in known


def folded(name: str) -> str:
    """Letters and digits only, without capitals and accents; what looks alike is the same."""
    return "".join(sign for sign in plain(name) if sign.isalnum()).translate(LOOK_ALIKES)


@cache
def _forms() -> tuple[str, ...]:
    by_language = tomllib.loads(CITY_HALLS.read_text("utf-8"))
    return ("{city}", *(form for forms in by_language.values() for form in forms))
