"""What the demo's cities answered: themes, answers in both languages, one signature per city."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from consultations.analysis.models import CodedText, Theme, ThemeAnnotation
from consultations.analysis.services import pick_quote
from consultations.following.services import begin_here
from consultations.official.models import AnswerSheet, AnswerWish, OfficialAnswer
from consultations.official.services import (
    account_for_the_rest,
    keep_answer,
    sheet_of,
    tell_everybody,
    wish_to_hear,
)
from consultations.roadmap.models import RoadmapPage
from partnership.demo.calendar import DemoCalendar
from partnership.demo.consultations import DemoConsultation
from partnership.demo.people import DemoPeople
from partnership.demo.signatures import asked_for, sign, told_on
from partnership.demo.texts import columns, read
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import request_approval
from partnership.people.models import Participant

#: Who reads the comments and puts them under themes.
CODERS = ("analyst@demo.example", "editor.puerto@demo.example")
#: Who wants to be told.
WAITING = ("resident.alder@demo.example", "resident.puerto@demo.example")


def make_answers(
    consultations: Mapping[str, DemoConsultation],
    roadmaps: Mapping[int, RoadmapPage],
    people: DemoPeople,
    calendar: DemoCalendar,
) -> None:
    """Write the answers of every sheet and sign them as far as the content says."""
    for entry in read("answers")["sheets"]:
        demo = consultations[entry["consultation"]]
        at = demo.page.closes_at + timedelta(days=entry["days_after_close"])
        with told_on(demo.page.closes_at):  # read, and waited for, while it was being closed
            _wait(demo, people)
            themes = _themes(demo, entry["themes"], people)
            for number in entry.get("quotes", ()):
                pick_quote(demo.comments[number - 1], by=people.accounts[entry["signed_by"][0]])
        sheet = _write(demo, entry, themes, roadmaps, people)
        _sign(sheet, entry["signed_by"], people, at=min(at, calendar.now))
    begin_here()  # everybody else heard of it at the time
    tell_everybody()
    for sheet in AnswerSheet.objects.exclude(published_at=None):
        _date_back(sheet)


def _wait(demo: DemoConsultation, people: DemoPeople) -> None:
    for email in WAITING:
        wish_to_hear(demo.page, participant=Participant.objects.of(people.accounts[email]))


def _write(
    demo: DemoConsultation,
    entry: dict[str, Any],
    themes: dict[str, Theme],
    roadmaps: Mapping[int, RoadmapPage],
    people: DemoPeople,
) -> AnswerSheet:
    """Write every answer, with the promises it leads to."""
    sheet = sheet_of(demo.page)
    author = people.accounts[entry["signed_by"][0]]
    for row in entry["answers"]:
        answer = OfficialAnswer(
            sheet=sheet,
            state=row["state"],
            **_target(demo, themes, row),
            **columns(text=row["text"], answered_by=row["answered_by"]),
        )
        promises = [
            roadmaps[years_ago].commitments.get(number=number)
            for years_ago, number in row["promises"]
        ]
        keep_answer(answer, commitments=promises, by=author)
    if "rest" in entry:
        account_for_the_rest(sheet, reasons=entry["rest"], by=author)
    return sheet


def _date_back(sheet: AnswerSheet) -> None:
    """Tell how long residents waited: readers, and who is told, had it with the last signature."""
    signed = ApprovalRequest.objects.last_signed(sheet)
    answered_at = signed.conclusion.concluded_at
    AnswerSheet.objects.filter(pk=sheet.pk).update(published_at=answered_at, listed_at=answered_at)
    AnswerWish.objects.filter(consultation=sheet.consultation).update(told_at=answered_at)


def _themes(
    demo: DemoConsultation, entries: list[dict[str, Any]], people: DemoPeople
) -> dict[str, Theme]:
    """The codebook, with every comment of it read by two people."""
    made = {}
    for entry in entries:
        theme = Theme.objects.create(
            consultation=demo.page,
            **columns(title=entry["title"], description=entry["description"]),
        )
        made[entry["key"]] = theme
        for number in entry["comments"]:
            for email in CODERS:
                coded = CodedText.objects.create(
                    consultation=demo.page,
                    contribution=demo.comments[number - 1],
                    coder=people.accounts[email],
                )
                ThemeAnnotation.objects.create(coded=coded, theme=theme)
    return made


def _target(
    demo: DemoConsultation, themes: dict[str, Theme], row: dict[str, Any]
) -> dict[str, Any]:
    if "statement" in row:
        return {"statement": demo.statements[row["statement"]]}
    if "comment" in row:
        return {"contribution": demo.comments[row["comment"] - 1]}
    return {"theme": themes[row["theme"]]}


def _sign(sheet: AnswerSheet, emails: list[str], people: DemoPeople, *, at: datetime) -> None:
    """Ask both cities; everybody named signs for the city they work for."""
    with asked_for(at):
        request = request_approval(sheet, by=people.accounts[emails[0]])
    sign(request, emails, people, at=at)
