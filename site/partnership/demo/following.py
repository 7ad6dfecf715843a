"""Mails about what became of it, to the two residents a visitor can sign in as."""

from collections.abc import Mapping

from django.utils import timezone

from consultations.following.enums import DeliveryKind
from consultations.following.models import DeliveryStep, Notice, PromiseStep
from consultations.following.replies import note_reply
from consultations.following.telling import tell_of_deliveries, tell_of_promises, tell_of_replies
from consultations.models import Contribution
from consultations.roadmap.enums import CommitmentStatus
from consultations.roadmap.models import Commitment
from partnership.demo.consultations import DemoConsultation

#: Whose comments promises cite: of the quay, by their place in its file.
CONSULTATION, COMMENTS = "harbour", (2, 4)


def tell_of_news(consultations: Mapping[str, DemoConsultation]) -> None:
    """Have their promises move once, and the reply to one of their comments be new."""
    demo = consultations[CONSULTATION]
    for number in COMMENTS:
        comment = demo.comments[number - 1]
        for promise in Commitment.objects.filter(evidence__contribution=comment).order_by("pk"):
            Notice.objects.create(
                participant=comment.participant, consultation=demo.page, step=_step(promise)
            )
        reached = DeliveryStep.objects.told().filter(kind=DeliveryKind.MILESTONE)
        reached = reached.exclude(says__reached_on="")
        for step in reached.filter(commitment__evidence__contribution=comment)[:1]:
            Notice.objects.create(
                participant=comment.participant, consultation=demo.page, delivery=step
            )
        for reply in Contribution.objects.filter(parent=comment).order_by("pk"):
            note_reply(reply)
    tell_of_promises()
    tell_of_deliveries()
    tell_of_replies()


def _step(promise: Commitment) -> PromiseStep:
    """The last step of a promise: it was finished, or got another day."""
    known = PromiseStep.objects.told().filter(commitment=promise).latest("pk")
    return PromiseStep.objects.create(
        commitment=promise,
        status=promise.status,
        due_on=promise.due_on,
        was_status=CommitmentStatus.IN_PROGRESS,
        was_due_on=promise.original_due_on or promise.due_on,
        cites=known.cites,
        listed_at=timezone.now(),
    )
