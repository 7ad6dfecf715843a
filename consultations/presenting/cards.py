"""One consultation in a list: what can be done in it now and how long, or how it ended."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from consultations.enums import (
    Act,
    ConsultationState,
    ContributionKind,
    Participation,
    PublicationStatus,
)
from consultations.models import ConsultationPage, Phase, Question, Statement
from consultations.presenting.head import chips, last_day_near, time_left
from consultations.querysets import ConsultationQuerySet
from partnership.masking import SMALLEST_GROUP
from partnership.people.models import Participant

#: What a card says of an act, in the order of the page.
VERBS = {
    Act.ANSWER: pgettext_lazy("what can be done now", "answer questions"),
    Act.VOTE: pgettext_lazy("what can be done now", "vote"),
    Act.PROPOSE: pgettext_lazy("what can be done now", "propose statements"),
    Act.COMMENT: pgettext_lazy("what can be done now", "comment"),
}
WRITE_IDEAS = pgettext_lazy("what can be done now", "write ideas")


def knowing_what_is_said(consultations: ConsultationQuerySet) -> ConsultationQuerySet:
    """Add whether anything is asked and voted on, and when it was answered; no query more."""
    here = {"consultation": OuterRef("pk")}
    return consultations.annotate(
        asks_questions=Exists(Question.objects.filter(**here)),
        has_statements=Exists(Statement.objects.asked().filter(**here)),
        answered_at=F("answer_sheet__published_at"),
    )


def knowing_own_part(
    consultations: ConsultationQuerySet, participant: Participant | None
) -> ConsultationQuerySet:
    """Add what somebody has done in each, and what they wrote and did not take back.

    Nothing for whoever has no account: the page is the same for all of them and can be kept.
    """
    if participant is None:
        return consultations
    gone = (PublicationStatus.WITHDRAWN, PublicationStatus.ERASED)
    here = participant.contributions.filter(consultation=OuterRef("pk")).order_by()
    own = here.exclude(publication_status__in=gone).values("consultation")

    def number_of(kind: ContributionKind) -> Coalesce:
        counted = own.filter(kind=kind).annotate(number=Count("pk")).values("number")
        return Coalesce(Subquery(counted), 0)

    return consultations.with_part_of(participant).annotate(
        own_comments=number_of(ContributionKind.COMMENT),
        own_ideas=number_of(ContributionKind.IDEA),
    )


def card(
    consultation: ConsultationPage, people: Mapping[int | None, int], request: HttpRequest
) -> dict[str, Any]:
    """What the list shows of a consultation that knows what is said in it."""
    told = sum(size for size in people.values() if size >= SMALLEST_GROUP)
    chip = chips(consultation)[1]
    if consultation.is_over:  # the day stands in the line below
        chip["text"] = str(consultation.state.label)
    return {
        "consultation": consultation,
        "people": told,
        "has_few_people": bool(people) and not told,
        "url": consultation.get_url(request),
        "chip": chip,
        "is_over": consultation.is_over,
        **_lines(consultation),
    }


def own_part(consultation: Any) -> list[str]:
    """The same in words; nothing for nothing, and where nobody's part is known."""
    if not hasattr(consultation, "own_votes"):
        return []
    votes, comments, ideas = (
        consultation.own_votes,
        consultation.own_comments,
        consultation.own_ideas,
    )
    told = (
        (votes, ngettext("%(number)s vote", "%(number)s votes", votes)),
        (consultation.has_answered, _("questions answered")),
        (consultation.has_draft and consultation.is_open, _("answers started, not sent")),
        (comments, ngettext("%(number)s comment", "%(number)s comments", comments)),
        (ideas, ngettext("%(number)s idea", "%(number)s ideas", ideas)),
    )
    return [words % {"number": number} for number, words in told if number]


def _lines(consultation: ConsultationPage) -> dict[str, str]:
    if consultation.is_over:
        return {"time": _how_it_ended(consultation)}
    phase = consultation.current_phase
    if not consultation.is_open or phase is None:
        return {}
    zone = ZoneInfo(consultation.lead_city.time_zone)
    left = phase.note or time_left(phase.ends_at, timezone.now(), zone)
    return {"act": _to_do(consultation, phase), "time": left}


def _to_do(consultation: ConsultationPage, phase: Phase) -> str:
    """The verbs of the phase, of those that there is something for; else what it is for."""
    if consultation.participation == Participation.NONE:
        return _("For information only")
    verbs = ", ".join(str(verb) for act in VERBS for verb in _verbs_of(consultation, act))
    return capfirst(verbs) or str(phase)


def _verbs_of(consultation: Any, act: Act) -> list[Any]:
    if not consultation.allows(act):
        return []
    if act == Act.ANSWER:
        return [VERBS[act]] if consultation.asks_questions else []
    if act == Act.VOTE:
        return [VERBS[act]] if consultation.has_statements else []
    if act == Act.PROPOSE and consultation.takes_ideas:
        return [WRITE_IDEAS, *([VERBS[act]] if consultation.has_statements else [])]
    return [VERBS[act]]


def _how_it_ended(consultation: Any) -> str:
    """When it closed, and when it was answered or will be."""
    zone = ZoneInfo(consultation.lead_city.time_zone)
    words = {"day": last_day_near(consultation.closes_at, zone)}
    if consultation.answered_at:
        words["month"] = _month(consultation.answered_at, zone)
        return pgettext("consultation", "Closed on %(day)s, answered in %(month)s") % words
    due: date | None = consultation.hear_back_on
    if due and consultation.state != ConsultationState.ANSWERED:
        words["due"] = date_format(due)
        return pgettext("consultation", "Closed on %(day)s, answer due on %(due)s") % words
    return pgettext("consultation", "Closed on %(day)s") % words


def _month(instant: datetime, zone: ZoneInfo) -> str:
    return date_format(instant.astimezone(zone), "YEAR_MONTH_FORMAT")
