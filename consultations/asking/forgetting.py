"""What becomes of a person's answers when the person erases the account.

The answers stay counted. Points on a map could be a front door and go in any case.
"""

from django.utils import timezone

from consultations.enums import QuestionType
from consultations.models import (
    Answer,
    ConsultationPage,
    PersonTakingPart,
    Report,
    Response,
    SpentAddress,
    Support,
)
from consultations.models.spent_addresses import spent_digest
from consultations.speaking.rules import ONESELF
from partnership.people.models import Participant

IN_OWN_WORDS = (QuestionType.LONG_TEXT, QuestionType.SHORT_TEXT)


def forget(participant: Participant, *, keep_words: bool) -> None:
    """Erase drafts, exact places and organisations; own words unless they are to stay."""
    _spend_the_address(participant)
    participant.drafts.all().delete()
    answers = Answer.objects.filter(response__participant=participant)
    answers.update(latitude=None, longitude=None)
    Response.objects.filter(participant=participant).update(**ONESELF._asdict())
    if not keep_words:
        answers.update(words="")
        answers.filter(question__type__in=IN_OWN_WORDS).update(value="")


def _spend_the_address(participant: Participant) -> None:
    """What they said stays counted: where it is still open nobody says it twice."""
    counted = (
        PersonTakingPart.objects.values_list("consultation"),
        Support.objects.values_list("contribution__consultation"),
        Report.objects.values_list("contribution__consultation"),
    )
    keys = {pk for rows in counted for (pk,) in rows.filter(participant=participant)}
    still_open = ConsultationPage.objects.filter(pk__in=keys, closes_at__gt=timezone.now())
    SpentAddress.objects.bulk_create(
        (
            SpentAddress(consultation_id=pk, digest=spent_digest(pk, participant))
            for pk in still_open.values_list("pk", flat=True)
        ),
        ignore_conflicts=True,
    )


def forget_spent_addresses() -> int:
    """Forget the addresses of consultations that have closed; return how many."""
    removed, _by_model = SpentAddress.objects.over().delete()
    return removed
