"""The demo's ideas of residents: written in both cities, supported across."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from consultations.conversation.counts import count_support
from consultations.enums import ContributionKind, PublicationStatus
from consultations.models import Contribution, Support
from consultations.models.ideas import joined
from consultations.tallies import recount
from partnership.cities.models import Neighbourhood
from partnership.demo.calendar import DemoCalendar
from partnership.demo.consultations import DemoConsultation, last_moment, say
from partnership.demo.maps import make_maps
from partnership.demo.people import DemoPeople


def make_ideas(
    consultations: Mapping[str, DemoConsultation], people: DemoPeople, calendar: DemoCalendar
) -> None:
    """Write the ideas, what was said to them and who supports them; the roadmap may cite them.

    Then the maps are there, with the pins of ideas and answers.
    """
    for demo in consultations.values():
        if demo.page.takes_ideas:
            _make(demo, people, last_moment(demo, calendar))
    make_maps(people.cities)


def _make(demo: DemoConsultation, people: DemoPeople, until: datetime) -> None:
    chance = Random(f"ideas for {demo.entry['key']}")  # noqa: S311 - the same every time
    opened, rows = demo.page.opens_at, demo.entry["ideas"]
    step = (until - opened) / (len(rows) + 2)
    for number, row in enumerate(rows, 1):
        idea = _write(demo, row, people, chance, opened + step * number)
        demo.comments.append(idea)
        if "reply" in row:
            replied_at = idea.created_at + timedelta(hours=5)
            say(demo, row["reply"], people, chance, replied_at, parent=idea)
        _support(idea, row["support"], people, chance, until)
    for row in demo.entry.get("pending_ideas", ()):
        status = PublicationStatus.PENDING
        _write(demo, row, people, chance, until - timedelta(hours=2), status=status)
    recount(demo.page)


def _write(
    demo: DemoConsultation,
    row: dict[str, Any],
    people: DemoPeople,
    chance: Random,
    written_at: datetime,
    **fields: Any,
) -> Contribution:
    words = {**row, "text": joined(row["title"], row["text"])}
    part = Neighbourhood.objects.filter(code=row.get("neighbourhood", "")).first()
    return say(
        demo,
        words,
        people,
        chance,
        written_at,
        kind=ContributionKind.IDEA,
        title=row["title"],
        neighbourhood=part,
        **fields,
    )


def _support(
    idea: Contribution,
    wanted: dict[str, int],
    people: DemoPeople,
    chance: Random,
    until: datetime,
) -> None:
    rows = []
    for code, number in wanted.items():
        others = [one for one in people.participants[code] if one.pk != idea.participant_id]
        rows += [
            Support(
                contribution=idea,
                participant=one,
                city=one.resident.city,
                supports=True,
                created_at=until,
            )
            for one in chance.sample(others, min(len(others), number))
        ]
    Support.objects.bulk_create(rows)
    count_support(idea)
