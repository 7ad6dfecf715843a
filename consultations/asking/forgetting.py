"""What becomes of a person's answers when the person erases the account.

The answers stay counted. Points on a map could be a front door and go in any case.
"""

from consultations.enums import QuestionType
from consultations.models import Answer, Response
from partnership.people.models import Participant

IN_OWN_WORDS = (QuestionType.LONG_TEXT, QuestionType.SHORT_TEXT)


def forget(participant: Participant, *, keep_words: bool) -> None:
    """Erase drafts, exact places and organisations; own words unless they are to stay."""
    participant.drafts.all().delete()
    answers = Answer.objects.filter(response__participant=participant)
    answers.update(latitude=None, longitude=None)
    Response.objects.filter(participant=participant).update(
        organisation_kind="", organisation_name=""
    )
    if not keep_words:
        answers.update(words="")
        answers.filter(question__type__in=IN_OWN_WORDS).update(value="")
