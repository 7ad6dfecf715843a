"""What the cities said in a year: official answers to what was asked, and alerts to everybody."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.exports.scope import key_with, secret_of
from consultations.official.enums import AnswerState
from consultations.official.models import PublishedAnswer
from home.alerts.enums import Level
from home.alerts.models import Alert
from home.archive.exports.cells import AT_A_TIME, TITLE, codes, utc, words
from partnership.pages.languages import CODES
from partnership.tables.columns import Column, Row, Table, columns_in_every_language

TARGETS = (
    ("statement", _("statement")),
    ("contribution", _("comment")),
    ("question", _("question with texts")),
    ("theme", _("theme")),
)
ANSWERS = (
    Column("consultation", _("number of the consultation"), "integer"),
    Column("published_at", _("published at"), "datetime"),
    Column("answers", _("what is answered"), values=TARGETS),
    Column("target", _("statement number, row of the comment, or question")),
    *columns_in_every_language("theme", _("theme")),
    Column("state", _("what becomes of it"), values=tuple(AnswerState.choices)),
    *columns_in_every_language("text", _("answer")),
    *columns_in_every_language("answered_by", _("who answers")),
    Column("commitments", _("commitments it leads to")),
)
ALERTS = (
    Column("number", _("number"), "integer"),
    Column("level", _("level"), values=tuple(Level.choices)),
    Column("cities", _("cities; all where none is named")),
    Column("starts_at", _("in force from"), "datetime"),
    Column("ends_at", _("in force until"), "datetime"),
    Column("ended_at", _("declared over at"), "datetime"),
    *TITLE,
    *columns_in_every_language("text", _("what to do")),
    *columns_in_every_language("more_url", _("address of a page with more")),
)


def answers_table(since: datetime, until: datetime) -> Table:
    """The answers that every city signed and that were published then; none replaced since."""
    return Table("answers", ANSWERS, lambda: _answers(since, until), _("Official answers"))


def alerts_table(since: datetime, until: datetime) -> Table:
    """The alerts that began then and that readers have seen."""
    return Table("alerts", ALERTS, lambda: _alerts(since, until), _("Alerts"))


def _answers(since: datetime, until: datetime) -> Iterator[Row]:
    public = PublishedAnswer.objects.public().with_promises()
    found = public.filter(published_at__gte=since, published_at__lt=until)
    targets = [f"answer__{name}" for name, _words in TARGETS]
    in_order = found.select_related("answer__sheet", *targets).order_by("published_at", "pk")
    secret = cache(secret_of)
    for each in in_order.iterator(chunk_size=AT_A_TIME):
        consultation = each.answer.sheet.consultation_id
        yield (
            consultation,
            utc(each.published_at),
            each.answer.kind,
            _name(each.answer, secret(consultation)),
            *(words(each.answer.theme, "title") if each.answer.theme_id else [""] * len(CODES)),
            each.state,
            *words(each, "text", "answered_by"),
            "|".join(f"{one.roadmap.year}-{one.number}" for one in each.commitments.all()),
        )


def _name(answer: Any, secret: Any) -> str:
    """What is answered, as the tables of its consultation name it; a theme has its title."""
    if answer.statement_id:
        return str(answer.statement.number)
    if answer.contribution_id:
        return key_with(secret, "comment", answer.contribution_id)
    return answer.question.identifier if answer.question_id else ""


def _alerts(since: datetime, until: datetime) -> Iterator[Row]:
    found = Alert.objects.public().filter(starts_at__gte=since, starts_at__lt=until)
    in_order = found.order_by("starts_at", "pk").prefetch_related("cities")
    for each in in_order.iterator(chunk_size=AT_A_TIME):
        yield (
            each.pk,
            each.level,
            codes(each.cities),
            *(utc(instant) for instant in (each.starts_at, each.ends_at, each.ended_at)),
            *words(each, "title", "text", "more_url"),
        )
