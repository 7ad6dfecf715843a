"""What a person wrote goes with the person; what was decided and counted stays.

Public words stay where the person chose so; a statement others have voted on stays in any case.
"""

from django.db import transaction
from django.db.models import Q

from consultations.conversation.services import withdraw_comment
from consultations.enums import PublicationStatus
from consultations.models import Contribution, Report, Statement
from consultations.moderation.models import Appeal
from consultations.moderation.querysets import TARGETS
from consultations.moderation.services.removals import forget_words, remove_words
from consultations.speaking.rules import ONESELF
from partnership.people.models import Participant

#: For nobody else but the person.
NOBODY = ONESELF._asdict()


@transaction.atomic
def forget(participant: Participant, *, keep_words: bool) -> None:
    """Erase what this person wrote; with ``keep_words`` all but what readers can see."""
    forget_person(participant)
    Report.objects.filter(participant=participant).update(note="")
    for comment in Contribution.objects.filter(participant=participant):
        _forget_comment(comment, participant, keep_words=keep_words)
    for statement in Statement.objects.filter(participant=participant):
        if statement.publication_status == PublicationStatus.PUBLISHED:
            Statement.objects.filter(pk=statement.pk).update(moderation_reason="", **NOBODY)
        else:
            remove_words(statement)
    Statement.objects.filter(participant=participant).update(**NOBODY)


def _forget_comment(comment: Contribution, participant: Participant, *, keep_words: bool) -> None:
    is_public = comment.publication_status == PublicationStatus.PUBLISHED
    if not (is_public and keep_words):
        comment = withdraw_comment(comment, participant=participant)
        forget_words(comment)
    comment.earlier_wordings.all().delete()
    Contribution.objects.filter(pk=comment.pk).update(
        waiting_text="", moderation_reason="", latitude=None, longitude=None, **NOBODY
    )


@transaction.atomic
def forget_person(participant: Participant) -> int:
    """Erase what this person wrote in appeals, and what they were answered; return how many.

    Decisions and removals hold neither words nor names of residents.
    """
    own = Q()
    for name in TARGETS:
        own |= Q(**{f"decision__{name}__participant": participant})
    return Appeal.objects.filter(own).update(text="", answer="")
