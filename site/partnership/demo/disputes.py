"""What the demo's cities did not agree on: one matter settled, one under way."""

from datetime import timedelta
from typing import Any

from home.committees.enums import StageKind
from home.committees.models import CommitteePage
from home.disputes.models import Dispute
from home.disputes.services import begin, move_on, pathway, settle
from home.protocols.models import ProtocolPage
from partnership.demo.calendar import DemoCalendar
from partnership.demo.people import DemoPeople
from partnership.demo.texts import columns, read

EDITORS = {
    "alder-bay": "editor.alder@demo.example",
    "puerto-almendro": "editor.puerto@demo.example",
}
TEXTS = ("title", "matter", "about")


def make_disputes(
    people: DemoPeople, calendar: DemoCalendar, protocols: dict[str, ProtocolPage]
) -> None:
    """Write down the disagreements, with the steps they went through."""
    committee = CommitteePage.objects.order_by("pk").first()
    for entry in read("disputes")["disputes"]:
        dispute = Dispute.objects.create(
            key=entry["key"],
            raised_by=people.cities[entry["raised_by"]],
            raised_on=calendar.day(entry["raised"]),
            confidentiality=entry["confidentiality"],
            committee=committee if entry.get("committee") else None,
            protocol=protocols.get(entry.get("protocol", "")),
            **columns(**{name: entry[name] for name in TEXTS}),
        )
        dispute.cities.set(people.cities.values())
        first = begin(dispute)
        dispute.steps.filter(pk=first.pk).update(entered_at=calendar.noon(dispute.raised_on))
        for row in entry.get("steps", ()):
            _move(dispute, row, people, calendar)
        if "end" in entry:
            _end(dispute, entry["end"], people, calendar)


def _by(row: dict[str, Any], people: DemoPeople) -> dict[str, Any]:
    """Who presses, and for which city."""
    return {"by": people.accounts[EDITORS[row["by"]]], "city": people.cities[row["by"]]}


def _move(
    dispute: Dispute, row: dict[str, Any], people: DemoPeople, calendar: DemoCalendar
) -> None:
    """Move it on: on this day, but in the story on the day it has been since."""
    left = dispute.steps.get(left_at=None)
    entered = move_on(dispute, seen=left.pk, agreed=row["agreed"], **_by(row, people))
    day = calendar.day(row["left"])
    dispute.steps.filter(pk=left.pk).update(left_at=calendar.noon(day))
    dispute.steps.filter(pk=entered.pk).update(
        entered_on=day,
        entered_at=calendar.noon(day),
        deadline=day + timedelta(days=pathway()[StageKind(entered.stage)]),
    )


def _end(dispute: Dispute, row: dict[str, Any], people: DemoPeople, calendar: DemoCalendar) -> None:
    step = dispute.steps.get(left_at=None)
    how = {"kind": row["kind"], "outcome": row["outcome"]}
    settle(dispute, seen=step.pk, **how, **_by(row, people))
    at = calendar.noon(calendar.day(row["day"]))
    dispute.steps.filter(pk=step.pk).update(left_at=at)
    Dispute.objects.filter(pk=dispute.pk).update(settled_at=at)
