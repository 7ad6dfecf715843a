"""Promises whose people hear of them, and the hour that has to pass."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from consultations.following.models import PromiseStep
from consultations.following.telling import tell_of_promises
from consultations.following.watching import watch
from consultations.models import ConsultationPage, Statement
from consultations.roadmap.models import Commitment
from consultations.services import vote
from partnership.outbox.models import OutgoingMail
from partnership.people.models import Participant
from tests.factories.consultations import StatementFactory, make_consultation, make_participant
from tests.factories.roadmap import cite, make_commitment


def an_hour_later() -> int:
    """Let what settles have stood for an hour, and the clock look and tell; to how many."""
    long_ago = timezone.now() - timedelta(hours=1)
    PromiseStep.objects.settling().update(noticed_at=long_ago)
    watch()
    return tell_of_promises()


def move(commitment: Commitment, **fields: Any) -> None:
    """Change a promise as its form does, and let the clock look at once."""
    Commitment.objects.filter(pk=commitment.pk).update(**fields)
    watch()


def voted_statement(
    *people: Participant, consultation: ConsultationPage | None = None
) -> Statement:
    """A statement these people voted on."""
    statement = StatementFactory(consultation=consultation or make_consultation())
    for person in people:
        vote(statement, participant=person, choice="agree")
    return statement


def promise_of(*people: Participant, **fields: Any) -> Commitment:
    """A public promise that cites a statement of a consultation these people voted on."""
    commitment = make_commitment(**fields)
    cite(commitment, statement=voted_statement(*people))
    return commitment


def known_promise(*people: Participant, **fields: Any) -> Commitment:
    """The same, as somebody comes to know it: they were told that it exists."""
    commitment = promise_of(*people, **fields)
    watch()
    an_hour_later()
    OutgoingMail.objects.all().delete()
    return commitment


def somebody(email: str = "ana@example.org", **fields: Any) -> Participant:
    """Somebody with an account."""
    return make_participant(email=email, **fields)


def mails(kind: str) -> list[tuple[str, str]]:
    """To whom mails of this kind went, and in which language."""
    found = OutgoingMail.objects.filter(kind=kind).order_by("to", "pk")
    return list(found.values_list("to", "language_code"))


def words_to(email: str) -> str:
    """What the newest mail to somebody says."""
    return OutgoingMail.objects.filter(to=email).latest("pk").text
