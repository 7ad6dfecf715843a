"""Anonymous answers: counted once for everybody, and nobody can tell whose they are.

What is written together can be put together again. So the answers have keys by chance and no
time but a day, the mark of who has answered has no time at all, and nothing names the other:
no code, no mail, no draft, no receipt. ``mixing`` takes care of what a database notes by itself.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time

from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations.answers import Given
from consultations.asking.services import write_answers
from consultations.models import AnsweredMark, PersonTakingPart, Question, Response
from consultations.refusals import AnsweredForGood


def count_anonymously(
    person: PersonTakingPart,
    *,
    city_id: int | None,
    language_code: str,
    values: Mapping[Question, Given],
) -> Response:
    """Keep the answers of somebody who takes part, and apart from them that they have answered.

    The constraint on the mark decides between two forms sent at once. The language is kept
    where something was written in it: of who only ticked it would narrow down who they are.
    Raises AnsweredForGood.
    """
    _mark(person)
    at = day_only(timezone.now())
    response = Response.objects.create(
        consultation_id=person.consultation_id,
        city_id=city_id,
        language_code=language_code if _holds_words(values) else "",
        created_at=at,
        changed_at=at,
        is_anonymous=True,
    )
    write_answers(response, values)
    return response


def _mark(person: PersonTakingPart) -> None:
    try:
        with transaction.atomic():
            AnsweredMark.objects.create(  # type: ignore[misc]  # it is somebody, not a sheet
                consultation_id=person.consultation_id,
                participant_id=person.participant_id,
                city_id=person.city_id,
            )
    except IntegrityError as error:
        raise AnsweredForGood from error


def _holds_words(values: Mapping[Question, Given]) -> bool:
    return any(question.is_text or given.words for question, given in values.items())


def day_only(instant: datetime) -> datetime:
    """Noon of that day, which is the same day nearly everywhere."""
    return datetime.combine(instant.astimezone(UTC).date(), time(12), tzinfo=UTC)
