"""Write to everybody who has something to hear, some at every tick."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from consultations.following import mail
from consultations.following.enums import MailKind
from consultations.following.models import Notice
from consultations.following.people import reachable
from consultations.models import Contribution
from partnership.outbox.services import post
from partnership.outbox.waking import hour_for
from partnership.people.models import Participant

#: Mails of each kind written at one tick; the next one goes on.
TOLD_AT_ONCE = 100


def tell_of_promises() -> int:
    """Write to who is behind promises that moved; return to how many.

    One mail for each person and consultation, whatever moved. Safe to run twice and at the
    same time: every notice is claimed by compare-and-set, in the transaction of the mail.
    """
    waiting = Notice.objects.of_promises().order_by("participant", "consultation")
    whom = waiting.values_list("participant", "consultation").distinct()
    return sum(_tell_of_promises(*each) for each in whom[:TOLD_AT_ONCE])


@transaction.atomic
def _tell_of_promises(participant_id: int, consultation_id: int) -> bool:
    here = {"participant": participant_id, "consultation": consultation_id}
    found = Notice.objects.of_promises().filter(**here)
    notices = _claimed(found.select_related("consultation", "step__commitment__roadmap"))
    participant = _who_hears(participant_id, consultation_id, MailKind.PROMISES)
    if not notices or participant is None:
        return False
    steps = [notice.step for notice in notices if notice.step]
    letter = mail.of_promises(participant, notices[0].consultation, steps)
    post(**letter, not_before=hour_for(participant.city))
    return True


def tell_of_deliveries() -> int:
    """Write to who is behind promises that delivered something; return to how many.

    One mail for each person and day, whatever it was and wherever they took part; readings come
    along once a week. What comes meanwhile waits and is told together.
    """
    whom = Notice.objects.of_deliveries().order_by("participant")
    people = whom.values_list("participant", flat=True).distinct()[:TOLD_AT_ONCE]
    return sum(_tell_of_deliveries(person) for person in people)


@transaction.atomic
def _tell_of_deliveries(participant_id: int) -> bool:
    # Of two clocks the second waits here, and finds that its day has begun.
    Participant.objects.select_for_update().filter(pk=participant_id).first()
    found = Notice.objects.of_deliveries().filter(participant=participant_id)
    notices = _claimed(found.select_related("consultation", "delivery__commitment__roadmap"))
    kind = MailKind.DELIVERIES
    heard = [each for each in notices if _who_hears(participant_id, each.consultation_id, kind)]
    participant = _who_hears(participant_id, heard[0].consultation_id, kind) if heard else None
    if participant is None:
        return False
    letter = mail.of_deliveries(participant, heard)
    if letter is None:
        return False
    post(**letter, not_before=hour_for(participant.city))
    return True


def tell_of_replies() -> int:
    """Write to authors whose comments have new replies; return to how many.

    One mail for each comment and day: what comes after it waits and is told together.
    """
    waiting = Notice.objects.of_replies().order_by("participant", "reply__parent")
    whom = waiting.values_list("participant", "reply__parent").distinct()[:TOLD_AT_ONCE]
    return sum(_tell_of_replies(person, comment) for person, comment in whom if comment)


@transaction.atomic
def _tell_of_replies(participant_id: int, comment_id: int) -> bool:
    # Of two clocks the second waits here, and finds that its day has begun.
    Participant.objects.select_for_update().filter(pk=participant_id).first()
    found = Notice.objects.of_replies().filter(participant=participant_id)
    notices = _claimed(found.filter(reply__parent=comment_id))
    comment = Contribution.objects.select_related("consultation").get(pk=comment_id)
    participant = _who_hears(participant_id, comment.consultation_id, MailKind.REPLIES)
    if not notices or participant is None:
        return False
    letter = mail.of_replies(participant, comment, len(notices))
    post(**letter, about=comment, not_before=hour_for(participant.city))
    return True


def _claimed(notices: Iterable[Notice]) -> list[Notice]:
    """Those that nobody else is telling of, marked as told."""
    now = timezone.now()
    return [
        notice
        for notice in notices
        if Notice.objects.filter(pk=notice.pk, told_at=None).update(told_at=now) == 1
    ]


def _who_hears(participant_id: int, consultation_id: int, kind: MailKind) -> Participant | None:
    """The person with their address; None once they stopped such mails, or it is erased."""
    person = reachable(Participant.objects.filter(pk=participant_id), consultation_id, kind)
    return person.select_related("resident__city", "contact__city").first()
