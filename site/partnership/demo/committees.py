"""Who is in charge in the demo: two committees, the offices of both cities, two mediators."""

from typing import Any

from home.committees.models import (
    CommitteeIndexPage,
    CommitteePage,
    Contact,
    ContactsPage,
    Decision,
    Mediator,
    Meeting,
    Membership,
    PathwayStage,
)
from partnership.demo.calendar import DemoCalendar
from partnership.demo.pages import DemoFrontPage
from partnership.demo.people import DemoPeople
from partnership.demo.publishing import publish
from partnership.demo.texts import columns, read

FILE = "committees"


def make_committees(
    home: DemoFrontPage, people: DemoPeople, calendar: DemoCalendar, roadmaps: dict[int, Any]
) -> None:
    """Publish the committees with their seats, meetings and decisions."""
    words = read(FILE)["index"]
    index = CommitteeIndexPage(**columns(title=words["title"], lead=words["lead"]))
    publish(index, under=home.page, calendar=calendar)
    for entry in read(FILE)["committees"]:
        texts = {name: entry[name] for name in ("title", "purpose", "rhythm")}
        page = CommitteePage(**columns(**texts), months_between=entry["months"])
        publish(page, under=index, calendar=calendar)
        _fill_seats(page, entry["seats"], people, calendar)
        for meeting in entry["meetings"]:
            _hold(page, meeting, calendar, roadmaps)


def _fill_seats(
    page: CommitteePage, rows: list[dict[str, Any]], people: DemoPeople, calendar: DemoCalendar
) -> None:
    """Deputies come first in the list, so that seats can point to them."""
    known: dict[str, Membership] = {}
    for row in rows:
        begins = calendar.day(row["from"])
        seat = Membership.objects.create(
            committee=page,
            city=people.cities[row["city"]],
            role=row["role"],
            name=row.get("name", ""),
            organisation=row.get("organisation", ""),
            consent_on=begins if "name" in row and "private" not in row else None,
            starts_on=begins,
            deputy=known.get(row.get("deputy", "")),
        )
        if "key" in row:
            known[row["key"]] = seat


def _hold(
    page: CommitteePage, row: dict[str, Any], calendar: DemoCalendar, roadmaps: dict[int, Any]
) -> None:
    texts = {name: row[name] for name in ("agenda", "minutes") if name in row}
    meeting = Meeting(committee=page, held_on=calendar.day(row["day"]), **columns(**texts))
    meeting.decisions = [
        _decision(number, entry, roadmaps) for number, entry in enumerate(row.get("decisions", ()))
    ]
    meeting.save()


def _decision(number: int, entry: dict[str, Any], roadmaps: dict[int, Any]) -> Decision:
    years_ago, item = entry["commitment"]
    commitment = roadmaps[years_ago].commitments.get(number=item)
    return Decision(sort_order=number, commitment=commitment, **columns(text=entry["text"]))


def make_contacts(home: DemoFrontPage, people: DemoPeople, calendar: DemoCalendar) -> None:
    """Publish the page of contacts, with the steps of a disagreement and who helps."""
    content = read(FILE)
    words = content["contacts_page"]
    texts = {name: words[name] for name in ("title", "lead", "pathway_lead")}
    page = ContactsPage(**columns(**texts))
    page.stages = [
        PathwayStage(
            sort_order=number, kind=row["kind"], days=row["days"], **columns(text=row["text"])
        )
        for number, row in enumerate(words["stages"])
    ]
    publish(page, under=home.page, calendar=calendar)
    for row in content["contacts"]:
        Contact.objects.create(
            city=people.cities[row["city"]],
            mailbox=row["mailbox"],
            phone=row.get("phone", ""),
            primary=people.accounts.get(row.get("primary", "")),
            primary_name=row.get("primary_name", ""),
            deputy_name=row.get("deputy_name", ""),
            confirmed_on=calendar.day(row["confirmed"]),
            **columns(role=row["role"]),
        )
    for row in content["mediators"]:
        said = {name: row[name] for name in ("languages", "neutrality", "availability")}
        confirmed_on = calendar.day(row["confirmed"])
        Mediator.objects.create(
            name=row["name"],
            mailbox=row.get("mailbox", ""),
            confirmed_on=confirmed_on,
            consent_on=confirmed_on,
            **columns(**said),
        )
