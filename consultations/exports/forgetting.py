"""No file that waits to be fetched still holds somebody who has erased the account."""

from functools import partial

from django.db import transaction
from django.db.models import Q

from consultations.exports.jobs import throw_away
from consultations.models import ConsultationPage
from partnership.people.models import Participant


def forget(participant: Participant, *, keep_words: bool) -> None:
    """Throw away the files of every consultation this person said something in.

    Those of the public profile too: what was public may go with the account. Done once more
    after the commit, because of what began to be made before it and read the old rows.
    """
    said = Q(responses__participant=participant) | Q(contributions__participant=participant)
    consultations = set(ConsultationPage.objects.filter(said).values_list("pk", flat=True))
    throw_away(consultations)
    transaction.on_commit(partial(throw_away, consultations))
