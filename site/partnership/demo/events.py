"""The demo's events and the places taken at them."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from events.fields import written
from events.models import (
    CharrettePage,
    DrillPage,
    EventIndexPage,
    EventPage,
    EventProvision,
    EventVenue,
    ExchangePage,
    ExhibitionPage,
    FestivalPage,
    PlanningSessionPage,
    ProgrammeItem,
)
from events.registrations.codes import new_code
from events.registrations.enums import RegistrationStatus
from events.registrations.models import (
    Arrival,
    CityQuota,
    Registration,
    SignUpOption,
    SignUpQuestion,
)
from events.registrations.services.guardians import answer_due
from partnership.demo.calendar import DemoCalendar
from partnership.demo.people import DemoPeople
from partnership.demo.publishing import publish
from partnership.demo.texts import body, columns, read

PAGE_TYPES = {
    "charrette": CharrettePage,
    "festival": FestivalPage,
    "exchange": ExchangePage,
    "exhibition": ExhibitionPage,
    "planning_session": PlanningSessionPage,
    "drill": DrillPage,
}
PLAIN = (
    "time_zone",
    "mode",
    "capacity",
    "event_status",
    "online_url",
    "max_party_size",
    "takes_minors",
    "asks_guardians",
)
WORDS = ("title", "summary", "price_note", "hosts")
MORE_WORDS = ("what_to_bring", "conveners", "status_reason", "scenario", "objectives", "services")


def make_events(
    index: EventIndexPage,
    people: DemoPeople,
    calendar: DemoCalendar,
    consultations: dict[str, Any],
    protocols: dict[str, Any],
    *,
    hosts: dict[str, Any],
) -> dict[str, EventPage]:
    """Publish the events with the places taken at them; return them by key."""
    pages = {}
    for entry in read("events")["events"]:
        page = _event(entry, people, calendar)
        page.consultation = consultations.get(entry.get("consultation"))
        if "protocol" in entry:
            page.protocol = protocols[entry["protocol"]]
        page.hosting = [hosts[key] for key in entry.get("hosting", ())]
        since = min(page.starts_at, calendar.now) - timedelta(days=60)
        publish(page, under=index, calendar=calendar, since=since)
        pages[entry["key"]] = page
        rows = list(_registrations(page, entry, people, calendar))
        _await_guardian(page, rows, entry, calendar)
        kept = Registration.objects.bulk_create(rows, batch_size=1000)
        Arrival.objects.bulk_create(_arrivals(page, kept, people), batch_size=1000)
    return pages


def _event(entry: dict[str, Any], people: DemoPeople, calendar: DemoCalendar) -> EventPage:
    zone = entry["time_zone"]
    more = [name for name in MORE_WORDS if name in entry]
    planned = entry.get("planned")
    page = PAGE_TYPES[entry["kind"]](
        **columns(**{name: entry[name] for name in (*WORDS, *more)}),
        **body(entry["paragraphs"], name=entry["key"]),
        **{name: entry[name] for name in PLAIN if name in entry},
        languages=written(entry.get("languages", ())),
        starts_at=calendar.instant(entry["starts"], zone),
        ends_at=calendar.instant(entry["ends"], zone),
        planned_for=calendar.instant(planned, zone) if planned else None,
        takes_sign_up="capacity" in entry,
    )
    if "quotas_release" in entry:
        page.quotas_release_at = calendar.instant(entry["quotas_release"], zone)
    page.quotas = [
        CityQuota(city=people.cities[code], places=places)
        for code, places in entry.get("quotas", {}).items()
    ]
    page.sign_up_questions = [
        _question(number, asked) for number, asked in enumerate(entry.get("questions", ()))
    ]
    page.cities = [people.cities[code] for code in entry["cities"]]
    page.venues = [
        _venue(number, venue, people, calendar)
        for number, venue in enumerate(entry.get("venues", ()))
    ]
    page.programme = [_item(page, item, people) for item in entry.get("programme", ())]
    page.provisions = [
        EventProvision(sort_order=number, kind=item["kind"], **columns(text=item["text"]))
        for number, item in enumerate(entry.get("provisions", ()))
    ]
    return page


def _question(number: int, asked: dict[str, Any]) -> SignUpQuestion:
    question = SignUpQuestion(
        sort_order=number,
        identifier=f"q{number + 1}",
        type=asked["type"],
        required=asked["required"],
        **columns(text=asked["text"], help_text=asked["help_text"]),
    )
    question.options = [
        SignUpOption(sort_order=place, identifier=f"o{place + 1}", **columns(label=label))
        for place, label in enumerate(asked.get("options", ()))
    ]
    return question


def _venue(
    number: int, venue: dict[str, Any], people: DemoPeople, calendar: DemoCalendar
) -> EventVenue:
    made = EventVenue(
        sort_order=number,
        city=people.cities[venue["city"]],
        map_url=venue.get("map_url", ""),
        **columns(**{name: venue[name] for name in ("name", "address", "access_note")}),
    )
    if opens := venue.get("opens"):
        made.opens_on, made.closes_on = calendar.day(opens["from"]), calendar.day(opens["until"])
        made.opens_at = time.fromisoformat(opens["at"])
        made.closes_at = time.fromisoformat(opens["to"])
        made.weekdays = written(map(str, opens["weekdays"]))
    return made


def _item(page: EventPage, item: dict[str, Any], people: DemoPeople) -> ProgrammeItem:
    words = {name: item[name] for name in ("title", "description", "place") if name in item}
    return ProgrammeItem(
        starts_at=_at(page.starts_at, item["time"], page.time_zone),
        city=people.cities[item["city"]] if "city" in item else None,
        language_code=item.get("language", ""),
        **columns(**words),
    )


def _at(starts_at: datetime, wall_time: str, zone: str) -> datetime:
    first_day = starts_at.astimezone(ZoneInfo(zone)).date()
    return datetime.combine(first_day, time.fromisoformat(wall_time), tzinfo=ZoneInfo(zone))


def _registrations(
    page: EventPage, entry: dict[str, Any], people: DemoPeople, calendar: DemoCalendar
) -> Iterator[Registration]:
    chance = Random(f"places at {entry['key']}")  # noqa: S311 - the same places every time
    everybody = [one for group in people.participants.values() for one in group]
    chance.shuffle(everybody)
    left, waiting = entry.get("taken", 0), entry.get("waiting", 0)
    kept = dict(entry.get("quotas", {}))
    is_over = page.ends_at < calendar.now
    asked = iter(entry.get("needs", ()))
    for participant in everybody:
        if left + waiting <= 0:
            return
        city = participant.resident.city
        size = min(left, page.max_party_size, chance.choice((1, 1, 1, 2)))
        if kept and (city is None or kept[city.code] < size):
            continue
        if kept and city:
            kept[city.code] -= size
        status = RegistrationStatus.REGISTERED if size else RegistrationStatus.WAITING
        left, waiting = left - size, waiting - (not size)
        language = participant.resident.language_code
        yield Registration(
            event=page.eventpage_ptr,
            participant=participant,
            city=city,
            joins_in=city or people.cities[chance.choice(list(people.cities))],
            party_size=size or 1,
            language_code=language,
            needs=next(asked, {}).get(language, ""),
            **(_outcome(size, chance) if is_over else {"status": status}),
            code=new_code(chance.choice),
            created_at=min(calendar.now, page.starts_at)
            - timedelta(hours=chance.randrange(2, 400)),
        )


def _await_guardian(
    page: EventPage, rows: list[Registration], entry: dict[str, Any], calendar: DemoCalendar
) -> None:
    """Have the place of one minor wait for a guardian, whom the clock writes to."""
    if told := entry.get("guardian"):
        row = next(each for each in rows if each.is_registered and each.party_size == 1)
        row.is_minor, row.created_at = True, calendar.now
        row.guardian_name, row.guardian_email = told["name"], told["email"]
        row.guardian_language = row.language_code
        row.guardian_until = answer_due(page, calendar.now)


def _outcome(size: int, chance: Random) -> dict[str, Any]:
    """Nine of ten groups were there, now and then without one of them."""
    if chance.random() >= 0.9:
        return {"status": RegistrationStatus.NO_SHOW}
    came = size - (size > 1 and chance.random() < 0.2)
    return {"status": RegistrationStatus.ATTENDED, "arrived": came}


def _arrivals(page: EventPage, rows: list[Registration], people: DemoPeople) -> Iterator[Arrival]:
    """Who came to an event that is over was let in by an editor in its first half hour."""
    keepers = [account for account in people.accounts.values() if account.email.startswith("edit")]
    for number, row in enumerate(each for each in rows if each.arrived):
        yield Arrival(
            registration=row,
            people=row.arrived,
            arrived_at=page.starts_at + timedelta(minutes=number * 7 % 30),
            checked_in_by=keepers[number % len(keepers)],
        )
