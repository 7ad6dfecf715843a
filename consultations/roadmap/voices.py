"""Whose words a roadmap stands on."""

from collections.abc import Iterable
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.cache import cache
from django.db.models import F, Q, QuerySet, Value

from consultations.enums import Channel
from consultations.models import (
    AnsweredMark,
    Contribution,
    PersonTakingPart,
    Response,
    Statement,
    Support,
    Vote,
)
from consultations.roadmap.querysets import TARGETS

if TYPE_CHECKING:
    from consultations.roadmap.models import Commitment, RoadmapPage

#: Seconds for which a page tells the same number: every vote behind it is read to count people.
KEPT_FOR = 60 * 60


def acts_behind(links: Any) -> list[QuerySet]:
    """What people did that these links to evidence cite: rows that each have a participant.

    For a statement who wrote it and who voted on it, for a comment its author, for an idea also
    who supports it, for a question
    everybody who answered it, for a whole consultation everybody who took part. Where answers
    are anonymous, everybody who gave some is behind each question: who left one out nobody can
    tell. Some rows have no participant: sheets of paper, and what sessions wrote.
    """
    cited = links.order_by()
    statements, questions = cited.values("statement"), cited.values("question")
    consultations, comments = cited.values("consultation"), cited.values("contribution")
    spoken = Contribution.objects.published()
    return [
        Vote.objects.filter(statement__in=statements),
        Statement.objects.filter(pk__in=statements),
        AnsweredMark.objects.filter(consultation__questions__in=questions),
        Response.objects.filter(answers__question__in=questions),
        PersonTakingPart.objects.filter(consultation__in=consultations),
        spoken.filter(consultation__in=consultations),
        spoken.filter(pk__in=comments),
        Support.objects.filter(
            contribution__in=spoken.ideas().filter(pk__in=comments), supports=True
        ),
    ]


def people_behind(roadmap: "RoadmapPage") -> int:
    """Count the people whose words a roadmap's commitments cite, each of them once.

    Every sheet of paper is somebody; a session is no person. One query.
    """
    links = apps.get_model("roadmap", "EvidenceLink").objects.public()
    links = links.filter(commitment__roadmap=roadmap)
    acts = (rows.exclude(participant=None) for rows in acts_behind(links))
    people = (rows.annotate(on_sheet=Value(0)) for rows in acts)
    cited = links.order_by()
    answered = Q(answers__question__in=cited.values("question"))
    on_paper = Response.objects.filter(answered | Q(consultation__in=cited.values("consultation")))
    sheets = on_paper.filter(channel=Channel.PAPER).annotate(on_sheet=F("pk"))
    first, *rest = (rows.order_by().values("participant", "on_sheet") for rows in (*people, sheets))
    return first.union(*rest).count()


def people_behind_lately(roadmap: "RoadmapPage", commitments: Iterable["Commitment"]) -> int:
    """The same as it was at most an hour ago, for links that are as they were.

    ``commitments`` have what readers see of their evidence at hand.
    """
    links = (link for entry in commitments for link in entry.evidence.all())
    cited = sorted(
        [link.pk, *(str(getattr(link, f"{name}_id")) for name in TARGETS)] for link in links
    )
    digest = sha256(repr(cited).encode()).hexdigest()
    key = f"people-behind-{roadmap.pk}-{digest}"
    return cache.get_or_set(key, partial(people_behind, roadmap), KEPT_FOR) or 0
