"""A reply that readers see is news to whoever wrote the comment."""

from consultations.following.models import Notice
from consultations.models import Contribution


def note_reply(reply: Contribution) -> None:
    """Have the author of the comment hear of this reply, once, unless it is their own.

    Call it in the transaction that shows the reply. Whether they want to hear is asked when
    they are written to.
    """
    comment = reply.parent
    if comment is None or comment.participant_id in (None, reply.participant_id):
        return
    Notice.objects.bulk_create(
        [
            Notice(
                participant_id=comment.participant_id,
                consultation_id=reply.consultation_id,
                reply=reply,
            )
        ],
        ignore_conflicts=True,
    )
