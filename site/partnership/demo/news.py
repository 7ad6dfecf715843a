"""The demo's ambassadors, the readers of its news, and the issue that two of them have."""

from collections.abc import Mapping
from datetime import timedelta

from events.models import EventPage
from events.registrations.models import Registration
from home.ambassadors.enums import State
from home.ambassadors.models import Ambassador
from home.news import schedule
from home.news.enums import Rhythm
from home.news.models import NewsWish
from home.news.services import begin
from home.news.telling import tell_news
from partnership.demo.calendar import DemoCalendar
from partnership.demo.people import DemoPeople
from partnership.demo.texts import columns, read
from partnership.people.guests import GuestDetails, recognise
from partnership.people.models import Participant

#: The residents a visitor can sign in as: their first issue tells of everything.
READERS = ("resident.alder@demo.example", "resident.puerto@demo.example")
EVERYTHING_SINCE = timedelta(days=70)


def make_ambassadors(
    events: Mapping[str, EventPage], people: DemoPeople, calendar: DemoCalendar
) -> None:
    """Let somebody of each city who was there answer questions about it."""
    for entry in read("news")["ambassadors"]:
        city = people.cities[entry["city"]]
        places = Registration.objects.filter(event=events[entry["event"]], city=city).who_came()
        place = places.select_related("participant__resident").order_by("pk").first()
        if place is not None:
            Ambassador.objects.create(
                participant=place.participant,
                event=place.event,
                first_name=place.participant.get_short_name(),
                place=str(city),
                words=entry["words"],
                language_code=entry["language_code"],
                state=State.PUBLISHED,
                consented_at=calendar.now - timedelta(days=5),
                decided_at=calendar.now - timedelta(days=4),
            )


def send_news(people: DemoPeople, calendar: DemoCalendar, scale: int) -> None:
    """Make the readers, and write the last issue to those a visitor can sign in as."""
    long_ago = calendar.now - EVERYTHING_SINCE
    for email in READERS:
        account = people.accounts[email]
        NewsWish.objects.create(
            participant=Participant.objects.of(account),
            language_code=account.language_code,
            asked_at=long_ago,
            told_until=long_ago,
        )
    for entry in read("news")["readers"]:
        _readers(entry["language_code"], entry["city"], entry["number"] * scale, people, calendar)
    zone = next(iter(people.cities.values())).time_zone
    issue = begin(schedule.last_day(calendar.now, zone, Rhythm.WEEKLY))
    for name, words in columns(greeting=read("news")["greeting"]).items():
        setattr(issue, name, words)
    issue.save()
    tell_news(calendar.now)


def _readers(code: str, city: str, number: int, people: DemoPeople, calendar: DemoCalendar) -> None:
    """Guests who asked today, so that the next issue is their first."""
    for one in range(number):
        email = f"news.{code}.{city or 'all'}.{one + 1}@people.demo.example"
        details = GuestDetails(email=email, name="", city=None, language_code=code)
        NewsWish.objects.create(
            participant=recognise(details),
            language_code=code,
            city=people.city(city),
            asked_at=calendar.now,
        )
