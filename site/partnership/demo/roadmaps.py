"""The demo's roadmaps: promises, the words they go back to, and what changed."""

from datetime import date, timedelta
from typing import Any

from consultations.roadmap.models import (
    Commitment,
    EvidenceLink,
    RoadmapChange,
    RoadmapIndexPage,
    RoadmapPage,
)
from consultations.roadmap.promises.models import PromiseChange
from consultations.roadmap.promises.services import ask_to_change
from events.models import EventPage
from partnership.demo.calendar import DemoCalendar
from partnership.demo.consultations import DemoConsultation
from partnership.demo.delivery import NO_WORDS, DemoDelivery
from partnership.demo.people import DemoPeople
from partnership.demo.publishing import publish
from partnership.demo.signatures import asked_for, sign
from partnership.demo.texts import columns, read

TITLE = {"en": "Roadmap {year}", "es": "Hoja de ruta {year}"}


class DemoEvidence:
    """Finds what a line of the roadmap's file cites."""

    def __init__(
        self, consultations: dict[str, DemoConsultation], events: dict[str, EventPage]
    ) -> None:
        self.consultations = consultations
        self.events = events

    def target(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return the one target of an evidence link as keyword arguments."""
        if "statement" in row:
            key, number = row["statement"]
            return {"statement": self.consultations[key].statements[number]}
        if "comment" in row:
            key, number = row["comment"]
            return {"contribution": self.consultations[key].comments[number - 1]}
        if "question" in row:
            key, identifier = row["question"]
            return {"question": self.consultations[key].questions[identifier]}
        if "event" in row:
            return {"event": self.events[row["event"]].eventpage_ptr}
        return {"consultation": self.consultations[row["consultation"]].page}


def make_roadmaps(
    index: RoadmapIndexPage,
    people: DemoPeople,
    calendar: DemoCalendar,
    consultations: dict[str, DemoConsultation],
    events: dict[str, EventPage],
) -> dict[int, RoadmapPage]:
    """Publish the roadmaps with their promises; return them by years ago."""
    evidence = DemoEvidence(consultations, events)
    made = {}
    for entry in read("roadmaps")["roadmaps"]:
        year = calendar.today.year - entry["years_ago"]
        since = calendar.noon(_past_day(entry["adopted_day"], year, calendar))
        page = _page(entry, year, calendar)
        publish(page, under=index, calendar=calendar, since=since)
        delivery = DemoDelivery(people.cities, calendar, entry["years_ago"])
        for row in entry["commitments"]:
            commitment = _commitment(page, row, calendar)
            commitment.led_by.set([people.cities[code] for code in row["led_by"]])
            delivery.write(commitment, row)
            for number, link in enumerate(row["evidence"]):
                EvidenceLink.objects.create(
                    commitment=commitment,
                    sort_order=number,
                    disposition=link["disposition"],
                    **evidence.target(link),
                )
        made[entry["years_ago"]] = page
    return made


def change_promises(
    roadmap: RoadmapPage, people: DemoPeople, calendar: DemoCalendar
) -> list[PromiseChange]:
    """Move days of promises, as far as the cities have signed it, and return the changes."""
    made = []
    for row in read("roadmaps")["promise_changes"]:
        commitment = roadmap.commitments.get(number=row["number"])
        at = calendar.noon(calendar.day(row["day"]))
        with asked_for(at):
            request = ask_to_change(
                commitment,
                # The new day lies ahead, in the next year when this one is nearly over.
                after={"due_on": calendar.day(row["due_day"]).isoformat()},
                reasons=row["reason"],
                by=people.accounts[row["asked_by"]],
            )
        sign(request, row["signed_by"], people, at=at)
        change = PromiseChange.objects.get(pk=request.object_id)
        if row["signed_by"]:
            change.settled_at = at
            change.save()
        made.append(change)
    return made


def _page(entry: dict[str, Any], year: int, calendar: DemoCalendar) -> RoadmapPage:
    title = {code: words.format(year=year) for code, words in TITLE.items()}
    page = RoadmapPage(
        **columns(title=title, lead=entry["lead"], local_slug=dict.fromkeys(TITLE, str(year))),
        slug=str(year),
        year=year,
        reviewed_on=_past_day(entry["reviewed_day"], year, calendar),
    )
    page.changes = [
        RoadmapChange(
            sort_order=number,
            happened_on=_past_day(row["day"], year, calendar),
            **columns(title=row["title"], text=row["text"]),
        )
        for number, row in enumerate(entry.get("changes", ()))
    ]
    return page


def _commitment(page: RoadmapPage, row: dict[str, Any], calendar: DemoCalendar) -> Commitment:
    due_on, finished_on = _days(row, page.year, calendar)
    return Commitment.objects.create(
        roadmap=page,
        number=row["number"],
        status=row["status"],
        due_on=due_on,
        finished_on=finished_on,
        planned=row.get("planned"),
        spent=row.get("spent"),
        **columns(title=row["title"], description=row["description"], theme=row["theme"]),
        **columns(not_measured=row.get("not_measured", NO_WORDS)),
    )


def _days(row: dict[str, Any], year: int, calendar: DemoCalendar) -> tuple[date, date | None]:
    """When it is due and when it was finished.

    Readers find a promise under the quarter it is due in: none is finished before that begins.
    """
    if "finished_day" not in row:
        return _due_day(row["due_day"], year, calendar), None
    finished_on = _past_day(row["finished_day"], year, calendar)
    back = 365 if year < calendar.today.year else 0
    due_on = calendar.day_in_year(row["due_day"] - back, year)
    return min(due_on, _end_of_quarter(finished_on)), finished_on


def _end_of_quarter(day: date) -> date:
    last_month = (day.month + 2) // 3 * 3
    return date(day.year + last_month // 12, last_month % 12 + 1, 1) - timedelta(days=1)


def _due_day(offset: int, year: int, calendar: DemoCalendar) -> date:
    """Due inside the roadmap's year; an earlier roadmap's days were counted in its own year."""
    if year < calendar.today.year:
        return calendar.day_in_year(offset - 365, year)
    # What is late stays late on 1 January: its day may lie in December.
    return calendar.day(offset) if offset < 0 else calendar.day_in_year(offset, year)


def _past_day(offset: int, year: int, calendar: DemoCalendar) -> date:
    """A day that has been: never after today, whatever the roadmap's year."""
    if year < calendar.today.year:
        offset -= 365
    return min(calendar.day_in_year(offset, year), calendar.today)
