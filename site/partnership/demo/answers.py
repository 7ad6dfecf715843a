"""What the demo's cities answered: themes, answers in both languages, one signature per city."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from consultations.analysis.models import CodedText, Theme, ThemeAnnotation
from consultations.analysis.services import pick_quote
from consultations.following.services import begin_here
from consultations.official.models import AnswerSheet, OfficialAnswer, PublishedAnswer
from consultations.official.services import (
    account_for_the_rest,
    keep_answer,
    sheet_of,
    tell_everybody,
    wish_to_hear,
)
from consultations.roadmap.models import RoadmapPage
from partnership.demo.consultations import DemoConsultation
from partnership.demo.people import DemoPeople
from partnership.demo.texts import columns, read
from partnership.ledger.services import approve, request_approval
from partnership.people.models import Participant

#: Who reads the comments and puts them under themes.
CODERS = ("analyst@demo.example", "editor.puerto@demo.example")
#: Who wants to be told.
WAITING = ("resident.alder@demo.example", "resident.puerto@demo.example")


def make_answers(
    consultations: Mapping[str, DemoConsultation],
    roadmaps: Mapping[int, RoadmapPage],
    people: DemoPeople,
) -> None:
    """Write the answers of every sheet and sign them as far as the content says."""
    for entry in read("answers")["sheets"]:
        demo = consultations[entry["consultation"]]
        for email in WAITING:
            participant = Participant.objects.of(people.accounts[email])
            wish_to_hear(demo.page, participant=participant)
        themes = _themes(demo, entry["themes"], people)
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
        for number in entry.get("quotes", ()):
            pick_quote(demo.comments[number - 1], by=author)
        _sign(sheet, entry["signed_by"], people)
    begin_here()  # everybody else heard of it at the time
    tell_everybody()
    for entry in read("answers")["sheets"]:
        _date_back(consultations[entry["consultation"]], entry)


def _date_back(demo: DemoConsultation, entry: dict[str, Any]) -> None:
    """Tell how long residents waited, as if the cities had answered at the time."""
    if "days_after_close" in entry:
        answered_at = demo.page.closes_at + timedelta(days=entry["days_after_close"])
        AnswerSheet.objects.filter(consultation=demo.page).update(published_at=answered_at)
        shown = PublishedAnswer.objects.filter(answer__sheet__consultation=demo.page)
        shown.update(published_at=answered_at)


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


def _sign(sheet: AnswerSheet, emails: list[str], people: DemoPeople) -> None:
    """Ask both cities; everybody named signs for the city they work for."""
    request = request_approval(sheet, by=people.accounts[emails[0]])
    for email in emails:
        signer = people.accounts[email]
        approve(request, by=signer, city=signer.edits_for.get(), seen=request.digest)
