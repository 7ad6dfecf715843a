"""What becomes of a guest's mails when the person makes an account."""

from consultations.following.models import FormerGuest, Notice, Stop
from partnership.people.models import Participant


def merge(guest: Participant, account: Participant) -> None:
    """Tell the account in the guest's place, and never twice; what was stopped stays stopped.

    The links of the guest's mails stop those of the account from now on.
    """
    FormerGuest.objects.create(number=guest.pk, participant=account)
    Stop.objects.bulk_create(
        (
            Stop(
                participant=account, consultation_id=own.consultation_id, stopped_at=own.stopped_at
            )
            for own in Stop.objects.filter(participant=guest)
        ),
        ignore_conflicts=True,
    )
    notices, known = Notice.objects.filter(participant=guest), account.notices.all()
    notices.filter(step__isnull=False).exclude(
        step__in=known.filter(step__isnull=False).values("step")
    ).update(participant=account)
    notices.filter(reply__isnull=False).exclude(
        reply__in=known.filter(reply__isnull=False).values("reply")
    ).update(participant=account)
