"""Asking a question, taking it back, and supporting those of others."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from events.questions.models import LiveQuestion, QuestionSupport, QuestionTime
from events.questions.refusals import NoTimeForQuestions, QuestionNotThere, QuestionTakenUp
from partnership.cities.models import City
from partnership.pages.two_hands.locking import lock
from partnership.people import tokens
from partnership.people.models import Participant
from partnership.publication import PublicationStatus, holds_link
from partnership.serving import public_changed

ASK = "live_questions.ask"


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks or supports: a participant, or a browser in one of the halls by its digest."""

    participant: Participant | None = None
    hall_key: str | None = None
    city: City | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What stands for them on a row of support."""
        if self.participant is not None:
            return {"participant": self.participant}
        return {"hall_key": self.hall_key}


@transaction.atomic
def ask(
    question_time: QuestionTime, *, asker: Asker, words: str, language_code: str, form_token: str
) -> LiveQuestion:
    """Keep a question; it is shown at once unless somebody reads it first.

    Raises NoTimeForQuestions and what ``tokens.spend`` raises.
    """
    time = _running(question_time.pk)
    tokens.spend(form_token, purpose=ASK)
    waits = time.is_moderated or holds_link(words)
    question = LiveQuestion.objects.create(
        question_time=time,
        participant=asker.participant,
        city=asker.city,
        text=words,
        language_code=language_code,
        publication_status=PublicationStatus.PENDING if waits else PublicationStatus.PUBLISHED,
    )
    public_changed()
    return question


@transaction.atomic
def support(question: LiveQuestion, *, asker: Asker, supports: bool) -> None:
    """Support a question, or take that back; to say the same twice changes nothing.

    The question's row is locked. Raises NoTimeForQuestions and QuestionNotThere.
    """
    rows = LiveQuestion.objects.select_for_update(of=("self",)).filter(pk=question.pk)
    locked = rows.first()
    if locked is None or not locked.is_shown or locked.answered_at is not None:
        raise QuestionNotThere
    _running(locked.question_time_id)
    if supports:
        locked.support.get_or_create(**asker.columns, defaults={"city": asker.city})
    else:
        QuestionSupport.objects.filter(question=locked, **asker.columns).delete()
    public_changed()


@transaction.atomic
def withdraw(question: LiveQuestion) -> None:
    """Delete a question of whoever asked, with who supports it; gone already changes nothing.

    The time's row is locked, as where a chair takes one up. Raises QuestionTakenUp.
    """
    lock(QuestionTime, question.question_time_id)
    found = LiveQuestion.objects.filter(pk=question.pk).first()
    if found is None:
        return
    if found.is_taken_up:
        raise QuestionTakenUp
    found.delete()
    public_changed()


def _running(key: int) -> QuestionTime:
    """The time for questions as stored now, if one can ask."""
    time = QuestionTime.objects.select_related("event").get(pk=key)
    if not time.is_open:
        raise NoTimeForQuestions
    return time
