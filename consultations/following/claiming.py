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
                participant=account,
                consultation_id=own.consultation_id,
                kind=own.kind,
                stopped_at=own.stopped_at,
            )
            for own in Stop.objects.filter(participant=guest)
        ),
        ignore_conflicts=True,
    )
    notices, known = Notice.objects.filter(participant=guest), account.notices.all()
    for name in ("step", "delivery", "reply"):
        there = {f"{name}__isnull": False}
        told = {f"{name}__in": known.filter(**there).values(name)}
        notices.filter(**there).exclude(**told).update(participant=account)
