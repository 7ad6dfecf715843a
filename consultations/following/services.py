"""Stop mails and turn them on again; write down what is to be told."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations.following.delivered import know_deliveries
from consultations.following.enums import MailKind
from consultations.following.links import stop_url
from consultations.following.mail import OF_ANSWERS, TEMPLATES
from consultations.following.models import Notice, PromiseStep, Stop
from consultations.following.watching import public_promises
from consultations.models import ConsultationPage
from consultations.official.models import AnswerSheet, AnswerWish
from partnership.outbox.models import OutgoingMail
from partnership.outbox.querysets import OutgoingMailQuerySet
from partnership.outbox.services import call_back
from partnership.pages.languages import CODES
from partnership.people.models import Participant


@transaction.atomic
def stop(
    participant: Participant,
    *,
    consultation: ConsultationPage | None = None,
    kind: MailKind | None = None,
) -> None:
    """Write to this person no more: about one consultation, of one kind, or with neither at all.

    What waits is dropped, also a wish to hear, and mails that would leave in the morning; a wish
    that is made later is heard.
    """
    key = consultation.pk if consultation else None
    Stop.objects.bulk_create(
        [Stop(participant=participant, consultation_id=key, kind=kind or "")],
        ignore_conflicts=True,
    )
    here: dict[str, Any] = {"participant": participant, "told_at": None}
    if consultation:
        here["consultation"] = consultation
    if kind in {None, MailKind.ANSWERS}:
        AnswerWish.objects.filter(**here).delete()
    if kind is None:
        Notice.objects.filter(**here).delete()
    elif kind.news:
        Notice.objects.filter(**here, **{f"{kind.news}__isnull": False}).delete()
    call_back(_written_already(participant, consultation, [kind] if kind else [*MailKind]))


def _written_already(
    participant: Participant, consultation: ConsultationPage | None, kinds: Sequence[MailKind]
) -> OutgoingMailQuerySet:
    """The mails of these kinds to one person; about one consultation those that stop there.

    What promises delivered is told of several consultations in one mail, which others wait for.
    """
    if consultation:
        kinds = [kind for kind in kinds if kind != MailKind.DELIVERIES]
    names = [TEMPLATES.get(kind, OF_ANSWERS) for kind in kinds]
    found = OutgoingMail.objects.filter(kind__in=names, to=participant.email).exclude(to="")
    if consultation is None:
        return found
    stops = (stop_url(participant, consultation, code, kind) for code in CODES for kind in kinds)
    return found.filter(stop_url__in=list(stops))


def resume(
    participant: Participant,
    *,
    consultation: ConsultationPage | None = None,
    kind: MailKind | None = None,
) -> None:
    """Take back that stop, and no other."""
    key = consultation.pk if consultation else None
    Stop.objects.exactly(participant, key, kind).delete()


def begin_here() -> None:
    """Take everything that readers know already as told: of what is old nobody hears.

    For a site that gets its contents at once; the migration does the same.
    """
    now = timezone.now()
    AnswerSheet.objects.to_list().update(listed_at=now)
    known = set(PromiseStep.objects.values_list("commitment_id", flat=True))
    PromiseStep.objects.bulk_create(
        PromiseStep(
            commitment=promise,
            status=promise.status,
            due_on=promise.due_on,
            cites=sorted(cites),
            noticed_at=now,
            listed_at=now,
        )
        for promise, cites in public_promises()
        if promise.pk not in known
    )
    know_deliveries()
