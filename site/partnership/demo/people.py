"""The demo's cities, staff and residents."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from partnership.cities.logos import make_ready
from partnership.cities.models import City, Neighbourhood
from partnership.demo.calendar import DemoCalendar
from partnership.demo.marks import make_mark
from partnership.demo.texts import columns, read
from partnership.people.enums import RESERVED, OrganisationKind
from partnership.people.models import Participant, Resident
from partnership.people.services import keep_address, keep_admin_language

#: One password for every demo account; public, which is why the demo stays on loopback.
PASSWORD = "bridge-2-cities"  # noqa: S105 - printed by `make run` on purpose
#: Residents of each city, and of elsewhere, for every unit of --scale.
RESIDENTS_PER_CITY = 42
RESIDENTS_ELSEWHERE = 3
GROUPS = {"editor": "Editors", "moderator": "Moderators", "analyst": "Analysts"}


@dataclass
class DemoPeople:
    """Who lives in the demo: cities by code, accounts by address, participants by city."""

    cities: dict[str, City]
    accounts: dict[str, Resident] = field(default_factory=dict)
    participants: dict[str, list[Participant]] = field(default_factory=dict)

    def city(self, code: str) -> City | None:
        """Return the city, None for elsewhere."""
        return self.cities.get(code)


def make_cities() -> dict[str, City]:
    """Make the two cities with their marks and some of their parts; return them by code."""
    rows = []
    for entry in read("cities")["cities"]:
        facts = {key: value for key, value in entry.items() if key not in {"name", "mark"}}
        logo = make_mark(entry["code"], entry["mark"])
        rows.append(City(**facts, logo=logo, **columns(name=entry["name"])))
    made = {city.code: city for city in City.objects.bulk_create(rows)}
    for city in rows:
        make_ready(city)
    for entry in read("cities")["neighbourhoods"]:
        name = columns(name=entry["name"])
        Neighbourhood.objects.create(city=made[entry["city"]], code=entry["code"], **name)
    return made


def make_people(cities: dict[str, City], calendar: DemoCalendar, scale: int) -> DemoPeople:
    """Make the accounts a visitor can sign in with, and the residents who took part."""
    people = DemoPeople(cities)
    password = make_password(PASSWORD, salt="demo-partnership")
    for entry in read("cities")["accounts"]:
        people.accounts[entry["email"]] = _make_account(entry, people, password, calendar)
    _make_residents(people, calendar, scale)
    return people


def _make_account(
    entry: dict[str, Any], people: DemoPeople, password: str, calendar: DemoCalendar
) -> Resident:
    role = entry["role"]
    account = Resident.objects.create(
        email=entry["email"],
        name=entry["name"],
        city=people.city(entry["city"]),
        language_code=entry["language_code"],
        password=password,
        is_staff=role != "resident",
        is_superuser=role == "admin",
        joined_at=calendar.now,
    )
    account.edits_for.set([people.cities[code] for code in entry["works_for"]])
    if role in GROUPS:
        account.groups.add(Group.objects.get(name=GROUPS[role]))
    keep_address(account, confirmed=True)
    keep_admin_language(account)
    return account


def _make_residents(people: DemoPeople, calendar: DemoCalendar, scale: int) -> None:
    chance = Random("residents")  # noqa: S311 - the same people every time
    rows = list(_residents(people, calendar, scale, chance))
    residents = Resident.objects.bulk_create(rows, batch_size=1000)
    participants = Participant.objects.bulk_create(
        [Participant(resident=resident, created_at=calendar.now) for resident in residents],
        batch_size=1000,
    )
    for participant in participants:
        city = participant.resident.city
        code = city.code if city else "elsewhere"
        people.participants.setdefault(code, []).append(participant)


def _residents(
    people: DemoPeople, calendar: DemoCalendar, scale: int, chance: Random
) -> Iterator[Resident]:
    places: list[City | None] = []
    for city in people.cities.values():
        places += [city] * (RESIDENTS_PER_CITY * scale)
    places += [None] * (RESIDENTS_ELSEWHERE * scale)
    names = read("cities")["names"]
    first = OrganisationKind.CIVIL_SOCIETY
    known = [kind for kind in OrganisationKind if kind != OrganisationKind.CITY_HALL]
    kinds = [first if kind in RESERVED else kind for kind in known]
    for number, city in enumerate(places, 1):
        words = names[city.code if city else chance.choice(list(names))]
        speaks_for_others = chance.random() < 0.12
        yield Resident(
            email=f"resident{number}@people.demo.example",
            name=f"{chance.choice(words['first'])} {chance.choice(words['last'])}",
            city=city,
            language_code=_language_of(city, chance),
            organisation_kind=chance.choice(kinds) if speaks_for_others else "",
            password="!demo",  # noqa: S106 - unusable: nobody signs in as them
            joined_at=calendar.now,
        )


def _language_of(city: City | None, chance: Random) -> str:
    codes = [code for code, _name in settings.LANGUAGES]
    if city is None or chance.random() < 0.1:
        return chance.choice(codes)
    return city.language_code
