"""What was counted twice in published results, when a guest turns out to be an account."""

from django.db.models import F

from consultations.asking.forgetting import IN_OWN_WORDS
from consultations.models import Answer, AnsweredMark, PersonTakingPart, Response, Vote
from consultations.snapshots.models import ResultSnapshot
from partnership.people.models import Participant, former_digest


def leave_counted(guest: Participant, account: Participant) -> None:
    """Leave the guest's votes and answers to nobody where the account took part as well.

    Taken out, they would change results that are published for good, and the difference would
    tell what they were. Numbers stay; words, places and names go. Runs before everything else
    of the guest is merged, because that takes out what is counted twice.
    """
    own = PersonTakingPart.objects.filter(participant=account).values("consultation")
    twice = PersonTakingPart.objects.filter(participant=guest, consultation__in=own)
    frozen = ResultSnapshot.objects.filter(consultation__in=twice.values("consultation"))
    keys = set(frozen.order_by().values_list("consultation", flat=True))
    if not keys:
        return
    nobody = Participant.objects.create(guest_digest=former_digest())
    votes = Vote.objects.filter(participant=guest, statement__consultation__in=keys)
    votes.update(participant=nobody)
    for rows in (Response, AnsweredMark, PersonTakingPart):
        rows.objects.filter(participant=guest, consultation__in=keys).update(participant=nobody)
    _forget_words(nobody)


def _forget_words(nobody: Participant) -> None:
    """The kind of an organisation is counted; its name is not."""
    answers = Answer.objects.filter(response__participant=nobody)
    answers.update(latitude=None, longitude=None, words="")
    answers.filter(question__type__in=IN_OWN_WORDS).update(value="")
    nobody.responses.update(organisation_name=F("organisation_kind"))
