"""Whom to tell: everybody who took part, has an address, and did not stop the mails.

That somebody took part is all that is asked, never what they said: where answers are anonymous
nothing else is known.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from consultations.enums import PublicationStatus
from consultations.following.enums import MailKind
from consultations.following.models import Stop
from consultations.models import (
    ConsultationPage,
    Contribution,
    PersonTakingPart,
    Statement,
)
from partnership.people.models import Participant
from partnership.people.querysets import ParticipantQuerySet

#: How long after the close a guest's address is kept for these mails.
LONGEST_WAIT = timedelta(days=365)
#: What comes of a vote, of answers, of a statement, and of a reply, which nobody replies to.
WITHOUT_REPLIES = tuple(kind for kind in MailKind if kind != MailKind.REPLIES)
#: People put on a list in one transaction.
LISTED_AT_ONCE = 1000
#: Words that were not taken back, by their author or by a moderator.
STANDING = (PublicationStatus.PENDING, PublicationStatus.PUBLISHED)


def everybody_in(consultations: Any) -> ParticipantQuerySet:
    """Who voted, answered, commented or proposed a statement in any of them."""
    return behind(_acts_in(consultations))


def behind(acts: Any) -> ParticipantQuerySet:
    """The participants of any of these rows."""
    return Participant.objects.filter(
        reduce(or_, (Q(pk__in=rows.order_by().values("participant")) for rows in acts))
    )


def reachable(
    people: ParticipantQuerySet, consultation_id: int, kind: MailKind
) -> ParticipantQuerySet:
    """Those of them with an address who did not stop mails of this kind about it."""
    found = people.filter(Q(resident__is_active=True) | Q(contact__isnull=False))
    stopped = Stop.objects.about(consultation_id, kind).filter(participant=OuterRef("pk"))
    return found.exclude(Exists(stopped))


def in_thousands(people: ParticipantQuerySet) -> Iterator[list[int]]:
    """Their keys, a thousand at a time, so that no transaction is long.

    In the order of the keys: that of what they did would tell of anonymous answers.
    """
    keys = list(people.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), LISTED_AT_ONCE):
        yield keys[start : start + LISTED_AT_ONCE]


def hears_of(participant: Participant, consultation: ConsultationPage) -> bool:
    """Whether this person took part and did not stop the mail with the answers to it."""
    people = everybody_in([consultation.pk]).filter(pk=participant.pk)
    return reachable(people, consultation.pk, MailKind.ANSWERS).exists()


def guests_to_write_to() -> QuerySet:
    """Whose address is kept: guests who took part where it closed less than a year ago.

    Not for mails that cannot come: replies are written to a comment or an idea alone.
    """
    return _to_write_to().filter(resident=None).values("pk")


def accounts_to_write_to() -> QuerySet:
    """The accounts of whom the same holds."""
    return _to_write_to().filter(resident__isnull=False).values("resident")


def _to_write_to() -> ParticipantQuerySet:
    recent = ConsultationPage.objects.filter(closes_at__gt=timezone.now() - LONGEST_WAIT)
    took_part, said, proposed = _acts_in(recent.values("pk"))
    answered = said.filter(parent=None).exclude(_all_stopped(MailKind))
    others = (took_part, said.exclude(parent=None), proposed)
    unanswered = [rows.exclude(_all_stopped(WITHOUT_REPLIES)) for rows in others]
    return behind([answered, *unanswered])


def _all_stopped(kinds: Iterable[MailKind]) -> Any:
    """Whether of an act none of these kinds of mail is left that its person would get."""
    stops = Stop.objects.filter(participant=OuterRef("participant"))
    here = OuterRef("consultation")
    return reduce(and_, (Q(Exists(stops.about(here, kind))) for kind in kinds))


def _acts_in(consultations: Any) -> list[QuerySet]:
    here = {"consultation__in": consultations}
    return [
        PersonTakingPart.objects.filter(**here),
        Contribution.objects.filter(publication_status__in=STANDING, **here),
        Statement.objects.filter(publication_status__in=STANDING, **here),
    ]
