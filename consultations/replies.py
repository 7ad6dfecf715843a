"""How many replies readers see under a comment: kept current with every change of one.

Whoever wrote the comment hears of a reply that is seen.
"""

from django.db.models import F

from consultations.enums import PublicationStatus
from consultations.following.replies import note_reply
from consultations.models import Contribution


def count_reply(contribution: Contribution, *, before: str) -> None:
    """Add a reply to its comment, or take it away, when readers see it from now on or no more.

    Call it in the transaction that changed the status, of which ``before`` was the old one.
    """
    step = _is_seen(contribution.publication_status) - _is_seen(before)
    if contribution.parent_id and step:
        parent = Contribution.objects.filter(pk=contribution.parent_id)
        parent.update(reply_count=F("reply_count") + step)
    if step > 0:
        note_reply(contribution)


def _is_seen(status: str) -> int:
    return int(status == PublicationStatus.PUBLISHED)
