"""What a place of a minor needs: a guardian's consent, told with it or asked for by mail."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from events.models import EventPage
from events.registrations.guardians.mail import ASKED, REMINDED
from events.registrations.guardians.refusals import GuardianIsYourself, GuardianUnreachable
from events.registrations.models import Registration
from events.registrations.refusals import GuardianMissing
from partnership.mailboxes import may_be_same, spelled
from partnership.outbox.services import remove_about
from partnership.refusals import Refused

#: How long a guardian has to answer, and how long before an event all is settled if it can be.
TIME_TO_ANSWER = timedelta(days=7)
SETTLED_BEFORE = timedelta(days=2)
NOBODY: dict[str, Any] = {
    "is_minor": False,
    "guardian_name": "",
    "guardian_agreed_at": None,
    "guardian_email": "",
    "guardian_language": "",
    "guardian_until": None,
    "guardian_asked_at": None,
    "guardian_reminded_at": None,
}


def answer_due(event: EventPage, now: datetime) -> datetime:
    """Return until when a place taken now is held: a week, less when the event is near.

    Two days before it begins it is over, and where that leaves less than half of the time until
    then, after half of it.
    """
    begins = event.starts_at if event.starts_at > now else event.ends_at
    return min(now + TIME_TO_ANSWER, max(begins - SETTLED_BEFORE, now + (begins - now) / 2))


def refusal_of(
    event: EventPage, *, name: str, agrees: bool, email: str, own_email: str
) -> Refused | None:
    """Return what is missing about the guardian of a minor; None when nothing is."""
    if event.asks_guardians:
        if not (name and email):
            return GuardianUnreachable("guardian_email" if name else "guardian_name")
        return GuardianIsYourself() if may_be_same(email, own_email) else None
    if not (name and agrees):
        return GuardianMissing("guardian_agrees" if name else "guardian_name")
    return None


def consent_given(
    event: EventPage,
    known: Registration,
    *,
    is_minor: bool,
    name: str,
    agrees: bool,
    email: str,
    language: str,
) -> dict[str, Any]:
    """Return what a place notes of a guardian, by the names of columns.

    ``known`` is the place as it is. What a guardian has confirmed stays; who waits for one at
    the same address goes on waiting, and at another one for no longer than before. Raises what
    ``refusal_of`` finds.
    """
    if known.is_confirmed_by_guardian:
        return {}
    if not (is_minor and event.takes_minors):
        return NOBODY
    own_email = known.participant.email
    refusal = refusal_of(event, name=name, agrees=agrees, email=email, own_email=own_email)
    if refusal:
        raise refusal
    consent = {"is_minor": True, "guardian_name": name}
    if not event.asks_guardians:
        return {**NOBODY, **consent, "guardian_agreed_at": timezone.now()}
    consent |= {"guardian_email": spelled(email), "guardian_language": language}
    if known.awaits_guardian and known.guardian_email == spelled(email):
        return consent
    until = known.guardian_until or answer_due(event, timezone.now())
    return {**NOBODY, **consent, "guardian_until": until}


def settle(registration: Registration, **answered: Any) -> None:
    """Wait for no guardian any more, unsaved; their address goes, and the mails to it."""
    forget_mails(registration)
    registration.settle_guardian(**answered)


def forget_mails(registration: Registration) -> None:
    """Remove what was written to the guardian, sent or not, with the address."""
    if registration.guardian_email:
        remove_about(registration, kinds=(ASKED, REMINDED))
