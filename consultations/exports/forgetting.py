"""No file that waits to be fetched still holds somebody who has erased the account."""

from django.db import transaction

from consultations.exports.jobs import throw_away
from partnership.people.models import Participant


def forget(participant: Participant, *, keep_words: bool) -> None:
    """Throw away the files of every consultation this person said something in.

    Those of the public profile too: what was public may go with the account. Done once more
    after the commit, because of what began to be made before it and read the old rows.
    """
    consultations = {
        consultation
        for said in (participant.responses, participant.contributions)
        for consultation in said.order_by().values_list("consultation", flat=True)
    }
    throw_away(consultations)

    def throw_away_again() -> None:  # a function with a name, which Django tells when it fails
        throw_away(consultations)

    transaction.on_commit(throw_away_again, robust=True)
