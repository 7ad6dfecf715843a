"""The demo's risk register: how the risks moved, who answers for them, what drills showed."""

from typing import Any

from consultations.risks.models import ContingencyPlan, PlanDuty, Risk, RiskOwner, RiskRating
from consultations.risks.services import LEVELS
from consultations.roadmap.models import RoadmapPage
from events.drills.models import Observation
from home.archive.models import Lesson
from partnership.demo.calendar import DemoCalendar
from partnership.demo.people import DemoPeople
from partnership.demo.texts import columns, read

WORDS = ("event", "cause", "effect", "measures")
PLAN = ("trigger", "first_action", "second_action", "third_action")
DUTIES = ("first_by", "second_by", "third_by")


def make_risks(
    events: dict[str, Any], roadmap: RoadmapPage, people: DemoPeople, calendar: DemoCalendar
) -> list[Risk]:
    """Write the register down, with its plans; return the risks in their order."""
    made = []
    for entry in read("risks")["risks"]:
        risk = _risk(entry, events, people, calendar)
        risk.cities.set([people.cities[code] for code in entry["cities"]])
        risk.threatens.set(roadmap.commitments.filter(number__in=entry["threatens"]))
        _rate(risk, entry, events, calendar)
        if "plan" in entry:
            _plan(risk, entry["plan"], events, people, calendar)
        for drill, number in entry.get("seen", ()):
            seen = Observation.objects.filter(review__drill=events[drill], item_number=number)
            seen.update(risk=risk)
        made.append(risk)
    return made


def _risk(
    entry: dict[str, Any], events: dict[str, Any], people: DemoPeople, calendar: DemoCalendar
) -> Risk:
    risk = Risk(
        kind=entry["kind"],
        review_by=calendar.day(entry["review"]),
        state=entry.get("state", "open"),
        is_published=entry.get("is_published", True),
        **_levels(entry["levels"]),
        **_cause(entry["ratings"][-1], events),
        **columns(**{name: entry[name] for name in WORDS}, reason=entry["ratings"][-1]["reason"]),
    )
    risk.owners = [
        RiskOwner(
            city=people.cities[owner["city"]],
            person=people.accounts[owner["person"]],
            **columns(office=owner["office"]),
        )
        for owner in entry["owners"]
    ]
    risk.save()
    return risk


def _rate(
    risk: Risk, entry: dict[str, Any], events: dict[str, Any], calendar: DemoCalendar
) -> None:
    """The ratings so far; the last one is how it is rated now."""
    for rating in entry["ratings"]:
        RiskRating.objects.create(
            risk=risk,
            rated_on=calendar.day(rating["day"]),
            **_levels(rating.get("levels", entry["levels"])),
            **_cause(rating, events),
            **columns(reason=rating["reason"]),
        )


def _cause(rating: dict[str, Any], events: dict[str, Any]) -> dict[str, Any]:
    """What a rating follows from: something seen at a drill, or the lesson it became."""
    if "observation" in rating:
        drill, item = rating["observation"]
        seen = Observation.objects.get(review__drill=events[drill], item_number=item)
        return {"observation": seen}
    if "lesson" in rating:
        drill, item = rating["lesson"]
        seen = {"observation__review__drill": events[drill], "observation__item_number": item}
        return {"lesson": Lesson.objects.get(**seen)}
    return {}


def _plan(
    risk: Risk,
    entry: dict[str, Any],
    events: dict[str, Any],
    people: DemoPeople,
    calendar: DemoCalendar,
) -> None:
    plan = ContingencyPlan(
        risk=risk,
        drill=events[entry["drill"]],
        exercised_on=calendar.day(entry["exercised"]) if "exercised" in entry else None,
        is_published=True,
        **columns(**{name: entry[name] for name in PLAN}),
    )
    plan.duties = [
        PlanDuty(
            city=people.cities[duty["city"]], **columns(**{name: duty[name] for name in DUTIES})
        )
        for duty in entry["duties"]
    ]
    plan.save()


def _levels(levels: list[int]) -> dict[str, int]:
    return dict(zip(LEVELS, levels, strict=True))
