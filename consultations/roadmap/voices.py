"""Whose words a roadmap stands on."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import F, Q, Value

from consultations.enums import Channel
from consultations.models import (
    AnsweredMark,
    Contribution,
    PersonTakingPart,
    Response,
    Statement,
    Vote,
)

if TYPE_CHECKING:
    from consultations.roadmap.models import RoadmapPage


def people_behind(roadmap: "RoadmapPage") -> int:
    """Count the people whose words a roadmap's commitments cite, each of them once.

    For a statement: who wrote it and who voted on it. For a comment its author, for a question
    everybody who answered it, for a whole consultation everybody who took part. Every sheet of
    paper is somebody; a session is no person. Where answers are anonymous, everybody who gave
    some counts for each question: who left one out nobody can tell. One query.
    """
    links = apps.get_model("roadmap", "EvidenceLink").objects.public()
    cited = links.filter(commitment__roadmap=roadmap).order_by()
    statements, questions = cited.values("statement"), cited.values("question")
    consultations, comments = cited.values("consultation"), cited.values("contribution")
    spoken, answered = Contribution.objects.published(), Q(answers__question__in=questions)
    on_paper = Response.objects.filter(answered | Q(consultation__in=consultations))
    sources = (
        Vote.objects.filter(statement__in=statements),
        Statement.objects.filter(pk__in=statements),
        AnsweredMark.objects.filter(consultation__questions__in=questions),
        Response.objects.filter(answered),
        PersonTakingPart.objects.filter(consultation__in=consultations),
        spoken.filter(consultation__in=consultations),
        spoken.filter(pk__in=comments),
    )
    people = (source.exclude(participant=None).annotate(on_sheet=Value(0)) for source in sources)
    sheets = on_paper.filter(channel=Channel.PAPER).annotate(on_sheet=F("pk"))
    first, *rest = (rows.order_by().values("participant", "on_sheet") for rows in (*people, sheets))
    return first.union(*rest).count()
