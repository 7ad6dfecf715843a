"""The demo's consultations: questions, statements, votes, answers and comments."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from consultations.conversation.counts import count_support
from consultations.enums import Participation, PublicationStatus
from consultations.models import (
    ConsultationIndexPage,
    ConsultationPage,
    Contribution,
    Phase,
    Question,
    Statement,
    Support,
)
from consultations.speaking.rules import Voice, voice_of
from consultations.tallies import recount
from partnership.cities.models import Neighbourhood
from partnership.demo.calendar import DemoCalendar
from partnership.demo.codes import let_in
from partnership.demo.people import DemoPeople
from partnership.demo.publishing import publish
from partnership.demo.questions import make_answers, make_question
from partnership.demo.texts import body, columns, paragraphs_html, read
from partnership.demo.votes import cast_votes
from partnership.demo.words import translate
from partnership.pages.languages import localized
from partnership.people.models import Participant

#: The files of the demo's consultations, the open one first.
FILES = (
    "safe_routes",
    "summer_streets",
    "harbour",
    "hot_nights",
    "counters",
    "square",
    "water_and_shade",
)


@dataclass
class DemoConsultation:
    """A consultation that was made, and what the roadmap may cite of it."""

    page: ConsultationPage
    entry: dict[str, Any]
    statements: dict[int, Statement] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    #: Comments in the order of the file; the roadmap counts them from 1.
    comments: list[Contribution] = field(default_factory=list)

    @property
    def last_moment(self) -> datetime:
        """The latest instant at which something could be said."""
        return self.page.closes_at


def days_since_it_was_over() -> int:
    """How long ago the newest of those closed that are told of as over."""
    told = [entry for entry in map(read, FILES) if {"results", "stored_state"} & entry.keys()]
    return min(-entry["closes"]["day"] for entry in told) - 1


def make_consultations(
    index: ConsultationIndexPage, people: DemoPeople, calendar: DemoCalendar, scale: int
) -> dict[str, DemoConsultation]:
    """Publish the consultations with everything said in them; return them by key."""
    made = {}
    for name in FILES:
        entry = read(name)
        page = _page(entry, people, calendar)
        since = min(phase.starts_at for phase in page.phases.all())
        publish(page, under=index, calendar=calendar, since=since)
        demo = DemoConsultation(page, entry)
        demo.questions = {question.identifier: question for question in page.questions.all()}
        _make_statements(demo, people, calendar)
        voters = voters_of(demo, people, scale)
        if page.asks_for_codes:
            let_in(page, entry, people, voters)
        cast_votes(demo.page, _with_leanings(demo), voters, until=last_moment(demo, calendar))
        _propose_statements(demo, people, calendar)
        make_answers(demo, voters, until=last_moment(demo, calendar))
        _make_comments(demo, people, calendar, scale, voters)
        made[entry["key"]] = demo
    return made


def _page(entry: dict[str, Any], people: DemoPeople, calendar: DemoCalendar) -> ConsultationPage:
    city = people.cities[entry["lead_city"]]
    page = ConsultationPage(
        **columns(title=entry["title"], lead=entry["lead"], readers=entry["readers"]),
        **body(entry["paragraphs"], name=entry["key"]),
        lead_city=city,
        opens_at=calendar.instant(entry["opens"], city.time_zone),
        closes_at=calendar.instant(entry["closes"], city.time_zone),
        target_per_city=entry["target_per_city"],
        hear_back_on=calendar.day(entry["hear_back_day"]),
        stored_state=entry.get("stored_state", ""),
        participation=entry.get("participation", Participation.REGISTERED),
        is_anonymous=entry.get("is_anonymous", False),
        takes_ideas=entry.get("takes_ideas", False),
    )
    if "outcome" in entry:
        for column, text in columns(outcome=paragraphs_html([entry["outcome"]])).items():
            setattr(page, column, text)
    codes = entry.get("neighbourhoods", ())
    page.neighbourhoods = list(Neighbourhood.objects.filter(code__in=codes))
    page.phases = list(_phases(entry, page, calendar))
    page.questions = [
        make_question(number, row, people.cities, calendar)
        for number, row in enumerate(entry["questions"])
    ]
    return page


def _phases(
    entry: dict[str, Any], page: ConsultationPage, calendar: DemoCalendar
) -> Iterator[Phase]:
    zone = page.lead_city.time_zone
    instants = {
        entry["opens"]["day"]: page.opens_at,
        entry["closes"]["day"]: page.closes_at,
    }

    def instant(day: int) -> datetime:
        return instants.get(day) or calendar.instant({"day": day, "time": "09:00"}, zone)

    for row in entry["phases"]:
        yield Phase(
            kind=row["kind"],
            starts_at=instant(row["starts_day"]),
            ends_at=instant(row["ends_day"]),
            allows=row["allows"],
        )


def _make_statements(demo: DemoConsultation, people: DemoPeople, calendar: DemoCalendar) -> None:
    languages = {city.language_code: city for city in people.cities.values()}
    for number, row in enumerate(demo.entry["statements"], 1):
        demo.statements[number] = Statement.objects.create(
            consultation=demo.page,
            number=number,
            language_code=row["language"],
            city=languages.get(row["language"]),
            created_at=demo.page.opens_at,
            **columns(text=row["text"]),
        )


def _propose_statements(demo: DemoConsultation, people: DemoPeople, calendar: DemoCalendar) -> None:
    """Statements that wait for a moderator, for the queue to show something."""
    chance = Random(f"proposals for {demo.entry['key']}")  # noqa: S311 - the same every time
    until = last_moment(demo, calendar)
    for number, row in enumerate(demo.entry.get("proposals", ()), 1):
        participant = author_of(row, people, chance)
        Statement.objects.create(
            consultation=demo.page,
            participant=participant,
            city=participant.resident.city,
            language_code=row["language"],
            publication_status=PublicationStatus.PENDING,
            created_at=until - timedelta(hours=5 * number),
            **{localized("text", row["language"]): row["text"]},
        )


def _with_leanings(demo: DemoConsultation) -> list[tuple[Statement, dict[str, list[int]]]]:
    rows = demo.entry["statements"]
    return [(demo.statements[number], row["leaning"]) for number, row in enumerate(rows, 1)]


def voters_of(demo: DemoConsultation, people: DemoPeople, scale: int) -> list[Participant]:
    """The residents who took part, so many of each city as the content says."""
    turnout: dict[str, int] = demo.entry["turnout"]
    return [
        participant
        for code, number in turnout.items()
        for participant in people.participants.get(code, [])[: number * scale]
    ]


def last_moment(demo: DemoConsultation, calendar: DemoCalendar) -> datetime:
    """Until when something could be said so far."""
    return min(demo.page.closes_at, calendar.now)


def _make_comments(
    demo: DemoConsultation,
    people: DemoPeople,
    calendar: DemoCalendar,
    scale: int,
    voters: list[Participant],
) -> None:
    chance = Random(f"comments on {demo.entry['key']}")  # noqa: S311 - the same every time
    until, opened = last_moment(demo, calendar), demo.page.opens_at
    entries = demo.entry.get("comments", [])
    step = (until - opened) / (len(entries) + 2)
    for number, row in enumerate(entries, 1):
        written_at = opened + step * number
        comment = say(demo, row, people, chance, written_at)
        demo.comments.append(comment)
        if "reply" in row:
            replied_at = written_at + timedelta(hours=5)
            say(demo, row["reply"], people, chance, replied_at, parent=comment)
    for row in demo.entry.get("pending", ()):
        status = PublicationStatus.PENDING
        say(demo, row, people, chance, until - timedelta(hours=3), status=status)
    _repeat_comments(demo, entries * (scale - 1), people, chance)
    recount(demo.page)
    _support_comments(demo, voters, until)


def _support_comments(demo: DemoConsultation, voters: list[Participant], until: datetime) -> None:
    """What people said about each comment, for an order by support that shows something."""
    chance = Random(f"support in {demo.entry['key']}")  # noqa: S311 - the same every time
    for comment in demo.comments:
        others = [voter for voter in voters if voter.pk != comment.participant_id]
        likes_it = chance.uniform(0.4, 1.0)
        Support.objects.bulk_create(
            Support(
                contribution=comment,
                participant=voter,
                city=voter.resident.city,
                supports=chance.random() < likes_it,
                created_at=until,
            )
            for voter in chance.sample(others, min(len(others), chance.randrange(1, 16)))
        )
        count_support(comment)


def say(
    demo: DemoConsultation,
    row: dict[str, Any],
    people: DemoPeople,
    chance: Random,
    written_at: datetime,
    *,
    status: str = PublicationStatus.PUBLISHED,
    **fields: Any,
) -> Contribution:
    """Write what a line of the file says, with its translation."""
    participant = author_of(row, people, chance)
    contribution = Contribution.objects.create(
        consultation=demo.page,
        participant=participant,
        city=participant.resident.city,
        statement=demo.statements[row["statement"]] if "statement" in row else None,
        alignment=row.get("alignment", 0),
        language_code=row["language"],
        text=row["text"],
        publication_status=status,
        created_at=written_at,
        is_name_hidden=row.get("hidden", False),
        **spoken_for(row, participant),
        moderated_at=None if status == PublicationStatus.PENDING else written_at,
        **fields,
    )
    translate(contribution, row, people)
    return contribution


def spoken_for(row: dict[str, Any], participant: Participant) -> dict[str, Any]:
    """The organisation it was written for, if any, under the rules that hold for everybody."""
    told = row.get("for", {})
    return voice_of(participant, Voice(told.get("kind", ""), told.get("name", "")))


def author_of(row: dict[str, Any], people: DemoPeople, chance: Random) -> Participant:
    """Whoever the line names, else anybody of its city."""
    if "account" in row:
        return Participant.objects.of(people.accounts[row["account"]])
    return chance.choice(people.participants[row["city"]])


def _repeat_comments(
    demo: DemoConsultation, entries: Iterable[dict[str, Any]], people: DemoPeople, chance: Random
) -> None:
    """Say the same things again for load tests, in bulk."""
    span = max(1, int((demo.page.closes_at - demo.page.opens_at).total_seconds()) // 2)
    rows = []
    for row in entries:
        participant = author_of(row, people, chance)
        rows.append(
            Contribution(
                consultation=demo.page,
                participant=participant,
                city=participant.resident.city,
                language_code=row["language"],
                text=row["text"],
                publication_status=PublicationStatus.PUBLISHED,
                created_at=demo.page.opens_at + timedelta(seconds=chance.randrange(span)),
            )
        )
    Contribution.objects.bulk_create(rows, batch_size=2000)
