"""Whose words a roadmap stands on."""

from typing import TYPE_CHECKING

from django.apps import apps

from consultations.models import Contribution, PersonTakingPart, Response, Statement, Vote

if TYPE_CHECKING:
    from consultations.roadmap.models import RoadmapPage


def people_behind(roadmap: "RoadmapPage") -> int:
    """Count the people whose words a roadmap's commitments cite, each of them once.

    For a statement: who wrote it and who voted on it. For a comment its author, for a question
    everybody who answered it, for a whole consultation everybody who took part; a session is
    no person. One query.
    """
    links = apps.get_model("roadmap", "EvidenceLink").objects.public()
    cited = links.filter(commitment__roadmap=roadmap).order_by()
    statements, questions = cited.values("statement"), cited.values("question")
    consultations, comments = cited.values("consultation"), cited.values("contribution")
    spoken = Contribution.objects.published().exclude(participant=None)
    sources = (
        Vote.objects.filter(statement__in=statements),
        Statement.objects.filter(pk__in=statements, participant__isnull=False),
        Response.objects.filter(answers__question__in=questions),
        PersonTakingPart.objects.filter(consultation__in=consultations),
        spoken.filter(consultation__in=consultations),
        spoken.filter(pk__in=comments),
    )
    first, *rest = (source.order_by().values("participant") for source in sources)
    return first.union(*rest).count()
