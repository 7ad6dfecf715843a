"""A guardian is asked, reminded once, and answers; in time, or the place goes on."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.enums import EventStatus
from events.models import EventPage
from events.registrations import mail
from events.registrations.enums import Ending
from events.registrations.guardians.mail import asking as letter_of
from events.registrations.guardians.mail import reminding
from events.registrations.guardians.refusals import (
    ConsentHasChanged,
    GuardianLinkOver,
    NoConsentToRecord,
)
from events.registrations.guardians.words import consent_of, fingerprint
from events.registrations.models import Registration
from events.registrations.services import guardians, waiting
from events.registrations.services.places import cancel
from events.registrations.services.timely import AT_A_TIME, NOT_HAPPENING, end, hears_news
from partnership.outbox.services import post
from partnership.pages.languages import active
from partnership.people.models import Resident

REFUSED = _("Your parent or guardian did not agree that you take part.")
TOO_LATE = _("Your parent or guardian did not confirm in time.")


# Answers ---------------------------------------------------------------------------------------


@transaction.atomic
def agree(registration: Registration, *, asking: str, read: str) -> Registration:
    """Note that the guardian agrees, with the words and when, once; the place is theirs.

    ``read`` is the fingerprint of what they read. Locks the event's row, then the place's.
    Raises GuardianLinkOver and ConsentHasChanged.
    """
    registration = _asked(registration, asking)
    sentences = consent_of(registration)
    if fingerprint(sentences) != read:
        raise ConsentHasChanged
    return _confirm(registration, consent="\n".join(sentences), language=active())


@transaction.atomic
def refuse(registration: Registration, *, asking: str) -> Registration:
    """Give the place back, as the guardian does not agree; its holder is told so.

    Raises GuardianLinkOver.
    """
    return cancel(_asked(registration, asking), told=REFUSED, ending=Ending.UNCONFIRMED)


@transaction.atomic
def record_on_paper(registration: Registration, *, by: Resident) -> Registration:
    """Note that staff hold the guardian's consent on paper; raises NoConsentToRecord."""
    event = waiting.lock(registration.event)
    registration = waiting.lock_place(registration, event)
    if not registration.awaits_guardian:
        raise NoConsentToRecord
    return _confirm(registration, consent=gettext("Given on paper."), recorded_by=by)


def _asked(registration: Registration, asking: str) -> Registration:
    event = waiting.lock(registration.event)
    registration = waiting.lock_place(registration, event)
    is_off = event.event_status == EventStatus.CANCELLED
    if is_off or not (registration.is_asking(asking) and registration.can_be_confirmed):
        raise GuardianLinkOver
    return registration


def _confirm(registration: Registration, **answered: Any) -> Registration:
    guardians.settle(registration, agreed_at=timezone.now(), **answered)
    registration.save()
    if registration.is_registered:
        waiting.tell(mail.confirmation(registration))
    return registration


# The clock -------------------------------------------------------------------------------------


def _awaiting() -> QuerySet[Registration]:
    rows = Registration.objects.hoping().awaiting_guardian().select_related("event").with_people()
    return rows.exclude(event__event_status__in=NOT_HAPPENING).order_by("pk")


def ask_guardians() -> int:
    """Write to the guardians of those who signed up; return to how many."""
    return sum(_ask(row) for row in _awaiting().filter(guardian_asked_at=None)[:AT_A_TIME])


@transaction.atomic
def _ask(registration: Registration) -> bool:
    if not _note(registration, "guardian_asked_at"):
        return False
    post(**letter_of(registration))
    return True


def remind_guardians() -> int:
    """Write once more to those who have not answered in half of their time; to how many."""
    now = Value(timezone.now())
    left = ExpressionWrapper(F("guardian_until") - now, output_field=DurationField())
    gone = ExpressionWrapper(now - F("guardian_asked_at"), output_field=DurationField())
    due = (
        _awaiting()
        .annotate(left=left, gone=gone)
        .filter(guardian_reminded_at=None, left__gt=timedelta(0), left__lte=F("gone"))
    )
    return sum(_remind(row) for row in due[:AT_A_TIME])


@transaction.atomic
def _remind(registration: Registration) -> bool:
    if not _note(registration, "guardian_reminded_at"):
        return False
    post(**reminding(registration))
    return True


def _note(registration: Registration, name: str) -> bool:
    """Compare and set the time of a mail; False when somebody was first, or all is settled."""
    same = {"guardian_email": registration.guardian_email, name: None}
    setattr(registration, name, timezone.now())
    found = Registration.objects.awaiting_guardian().filter(pk=registration.pk, **same)
    return found.update(**{name: getattr(registration, name)}) == 1


def give_up_waiting() -> int:
    """Give back what no guardian confirmed in time; return how many places went on.

    While an event is postponed there is nothing to decide about.
    """
    overdue = Registration.objects.hoping().awaiting_guardian()
    overdue = overdue.filter(guardian_until__lte=timezone.now())
    overdue = overdue.exclude(event__event_status=EventStatus.POSTPONED).select_related("event")
    return sum(_give_up(row) for row in overdue.order_by("pk")[:AT_A_TIME])


@transaction.atomic
def _give_up(registration: Registration) -> bool:
    event: EventPage = waiting.lock(registration.event)
    registration = waiting.lock_place(registration, event)
    if not registration.awaits_guardian or registration.can_be_confirmed:
        return False
    if hears_news(registration, event):
        return False
    if event.event_status == EventStatus.CANCELLED or not registration.can_cancel:
        is_off = event.event_status == EventStatus.CANCELLED
        ending = Ending.CALLED_OFF if is_off else Ending.UNCONFIRMED
        end(registration, event, ending)  # of what is off or over its holder has heard
        return True
    cancel(registration, told=TOO_LATE, ending=Ending.UNCONFIRMED)
    return True
