"""The demo's programmes and campaigns: what runs beside its roadmaps, and what is over."""

from collections.abc import Iterator
from typing import Any

from consultations.initiatives.models import (
    CampaignPage,
    InitiativeIndexPage,
    InitiativeIndicator,
    InitiativeLine,
    InitiativePage,
    InitiativePartner,
    InitiativeReading,
    ProgrammePage,
    ServedCommitment,
)
from consultations.roadmap.models import Commitment, RoadmapPage
from events.models import EventPage
from partnership.demo.calendar import DemoCalendar
from partnership.demo.delivery import NO_WORDS, DemoDelivery, measured
from partnership.demo.people import DemoPeople
from partnership.demo.publishing import publish
from partnership.demo.texts import columns, read, stream
from partnership.pages.models import BasePage


def make_initiatives(
    home: BasePage,
    people: DemoPeople,
    calendar: DemoCalendar,
    roadmaps: dict[int, RoadmapPage],
    events: dict[str, EventPage],
) -> None:
    """Publish the list and what is in it; days count from the day the demo was made."""
    content = read("initiatives")
    index = InitiativeIndexPage(**columns(**content["index"]))
    publish(index, under=home, calendar=calendar)
    delivery = DemoDelivery(people.cities, calendar, 0)
    for row in (*content["programmes"], *content["campaigns"]):
        is_programme = row in content["programmes"]
        own = _programme(row, people, calendar, events) if is_programme else _campaign(row)
        page: Any = (ProgrammePage if is_programme else CampaignPage)(
            kind=row["kind"],
            starts_on=calendar.day(row["starts_day"]),
            ends_on=calendar.day(row["ends_day"]),
            **columns(title=row["title"], summary=row["summary"]),
            **stream("body", row["body"], name=row["key"]),
            **own,
        )
        _fill(page, row, people, delivery, list(_promises(row, roadmaps)))
        publish(page, under=index, calendar=calendar)


def _programme(
    row: dict[str, Any],
    people: DemoPeople,
    calendar: DemoCalendar,
    events: dict[str, EventPage],
) -> dict[str, Any]:
    intake, city = row["intake"], people.cities[row["lead_city"]]
    event = events[intake["event"]].eventpage_ptr if "event" in intake else None
    return {
        "lead_city": city,
        "intake_opens_at": calendar.instant(intake["opens"], city.time_zone),
        "intake_closes_at": calendar.instant(intake["closes"], city.time_zone),
        "intake_event": event,
    }


def _campaign(row: dict[str, Any]) -> dict[str, Any]:
    return columns(message=row["message"], channels=row["channels"])


def _promises(row: dict[str, Any], roadmaps: dict[int, RoadmapPage]) -> Iterator[Commitment]:
    for years_ago, number in row.get("serves", ()):
        yield roadmaps[years_ago].commitments.get(number=number)


def _fill(
    page: InitiativePage,
    row: dict[str, Any],
    people: DemoPeople,
    delivery: DemoDelivery,
    promises: list[Commitment],
) -> None:
    """Who takes part, what it costs and changes, and for which promises."""
    page.partners = [
        InitiativePartner(
            sort_order=place,
            city=people.cities[each["city"]],
            **columns(organisation=each.get("organisation", NO_WORDS), part=each["part"]),
        )
        for place, each in enumerate(row["partners"])
    ]
    page.served = [
        ServedCommitment(sort_order=place, commitment=each) for place, each in enumerate(promises)
    ]
    page.budget_lines = [
        InitiativeLine(
            sort_order=place,
            serves=promises[each["for"]] if "for" in each else None,
            **delivery.line(each),
        )
        for place, each in enumerate(row["lines"])
    ]
    indicators = []
    for place, each in enumerate(row["indicators"]):
        indicator: Any = InitiativeIndicator(sort_order=place, **measured(each))
        indicator.readings = [InitiativeReading(**delivery.read(one)) for one in each["readings"]]
        indicators.append(indicator)
    page.indicators = indicators
