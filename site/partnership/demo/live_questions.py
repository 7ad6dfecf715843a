"""The demo's live questions: of a session that is over, and of a charrette to come."""

from datetime import datetime, timedelta
from typing import Any

from events.questions.models import LiveQuestion, QuestionSupport, QuestionTime
from partnership.demo.calendar import DemoCalendar
from partnership.demo.people import DemoPeople
from partnership.demo.texts import columns, read
from partnership.pages.languages import CODES, localized
from partnership.publication import PublicationStatus

#: How long after one question the next was asked, or taken.
APART = timedelta(minutes=7)


def make_live_questions(events: dict[str, Any], people: DemoPeople, calendar: DemoCalendar) -> None:
    """Open them at their events, and ask, support and answer."""
    for entry in read("live_questions")["times"]:
        time = QuestionTime.objects.create(
            event=events[entry["event"]].eventpage_ptr,
            code=entry["code"],
            opens_at=calendar.instant(entry["opens"], entry["zone"]),
            closes_at=calendar.instant(entry["closes"], entry["zone"]),
            **columns(introduction=entry["introduction"]),
        )
        for number, row in enumerate(entry["questions"], 1):
            _ask(time, row, people, number, time.opens_at + APART * number)


def _ask(
    time: QuestionTime, row: dict[str, Any], people: DemoPeople, number: int, at: datetime
) -> None:
    answered_at = time.closes_at - timedelta(hours=2) + APART * number if "answer" in row else None
    texts = {
        localized("rendering", code): row.get("rendering", "")
        for code in CODES
        if code != row["language"]
    }
    if "answer" in row:
        texts |= columns(answer=row["answer"])
    question = LiveQuestion.objects.create(
        question_time=time,
        participant=None if row.get("hall") else people.participants[row["from"]][number],
        city=people.cities[row["from"]],
        text=row["text"],
        language_code=row["language"],
        publication_status=row.get("status", PublicationStatus.PUBLISHED),
        created_at=at,
        taken_at=answered_at,
        answered_at=answered_at,
        **texts,
    )
    QuestionSupport.objects.bulk_create(
        QuestionSupport(question=question, participant=person, city=people.cities[code])
        for code, wanted in row["support"].items()
        for person in people.participants[code][number : number + wanted]
    )
