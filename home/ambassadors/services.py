"""Become an ambassador and leave, read what one wrote, and write to one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import EventPage
from events.registrations.models import Registration
from home.ambassadors import mail
from home.ambassadors.enums import State
from home.ambassadors.models import Ambassador
from partnership.limits import Limit
from partnership.outbox.models import OutgoingMail
from partnership.outbox.services import forget_about, post
from partnership.pages.access import open_to_all
from partnership.people import tokens
from partnership.people.models import Participant, Resident
from partnership.refusals import Refused
from partnership.serving import public_changed, public_forgotten

JOIN, ASK = "ambassadors.join", "ambassadors.ask"
#: How often one person, or one address, may write to ambassadors.
QUESTIONS = Limit("ambassadors.ask", per_person=5, per_address=20, seconds=3600)
#: And how often one ambassador is written to, whoever writes.
MOST_A_DAY, DAY = 10, timedelta(days=1)


class WasNotThere(Refused):
    """No place of theirs at that event, or it is still to come."""

    code = "was_not_there"
    field = "event"

    def __init__(self) -> None:
        super().__init__(_("Choose something you took part in."))


class WordsChanged(Refused):
    """What was read is not what stands there now."""

    code = "words_changed"

    def __init__(self) -> None:
        super().__init__(_("It was changed while you read it. Read it again."))


class NobodyToAsk(Refused):
    """The ambassador has left, or is shown no more, since the form was opened."""

    code = "nobody_to_ask"

    def __init__(self) -> None:
        super().__init__(_("This ambassador answers no more. Somebody else may: ask them."))


class AskedTooOften(Refused):
    """Many people wrote to the same ambassador today."""

    code = "asked_too_often"

    def __init__(self) -> None:
        super().__init__(
            _("Many people wrote to this ambassador today. Nothing is lost: try it tomorrow.")
        )


def attended_by(participant: Participant | None) -> QuerySet:
    """The events that are over and that this person, of age, took part in, the last one first.

    None for whoever has done nothing here so far.
    """
    if participant is None:
        return EventPage.objects.none()
    places = Registration.objects.filter(participant=participant, is_minor=False).who_came()
    events = EventPage.objects.live().filter(open_to_all()).over()
    return events.filter(pk__in=places.order_by().values("event"))


@transaction.atomic
def volunteer(
    participant: Participant,
    *,
    event: EventPage,
    first_name: str,
    place: str,
    words: str,
    language_code: str,
    form_token: str | None,
) -> Ambassador:
    """Make an account an ambassador, or change what is said; somebody reads it before readers.

    Raises WasNotThere and what ``tokens.spend`` raises.
    """
    tokens.spend(form_token or "", purpose=JOIN)
    if participant.is_guest or not attended_by(participant).filter(pk=event.pk).exists():
        raise WasNotThere
    made, _is_new = Ambassador.objects.update_or_create(
        participant=participant,
        defaults={
            "event": event,
            "first_name": first_name,
            "place": place,
            "words": words,
            "language_code": language_code,
            "consented_at": timezone.now(),
            "state": State.PENDING,
            "reason": "",
            "decided_at": None,
            "decided_by": None,
        },
    )
    public_changed()
    return made


@transaction.atomic
def leave(participant: Participant) -> None:
    """Let somebody be no ambassador any more: at once, with the questions still on the way."""
    for known in Ambassador.objects.select_for_update().filter(participant=participant):
        forget_about(known)
        known.delete()
        public_forgotten()


def forget(participant: Participant, *, keep_words: bool) -> None:
    """Whoever erases the account is no ambassador any more, whatever else stays."""
    leave(participant)


@transaction.atomic
def decide(
    ambassador: Ambassador, *, state: State, reason: str, seen: datetime | None, by: Resident
) -> Ambassador:
    """Show the words to readers, or say why not, and tell whoever wrote them. Locks the row.

    ``seen`` is ``consented_at`` of what was read. Raises WordsChanged.
    """
    known = Ambassador.objects.select_for_update(of=("self",)).filter(pk=ambassador.pk)
    current = known.select_related("participant__resident", "event").first()
    if current is None or current.consented_at != seen:
        raise WordsChanged
    is_told = current.state != state
    current.state, current.reason = state, reason if state == State.HIDDEN else ""
    current.decided_at, current.decided_by = timezone.now(), by
    current.save(update_fields=("state", "reason", "decided_at", "decided_by"))
    if is_told:
        post(**mail.of_decision(current))
    public_changed()
    return current


@transaction.atomic
def ask(
    ambassador: Ambassador,
    *,
    name: str,
    email: str,
    text: str,
    form_token: str | None,
    is_known: bool = False,
) -> None:
    """Send somebody's question to an ambassador; what they wrote is in the mail and nowhere else.

    Raises NobodyToAsk, AskedTooOften and what ``tokens.spend`` raises. Locks the ambassador.
    """
    shown = Ambassador.objects.public().select_for_update(of=("self",))
    if not shown.filter(pk=ambassador.pk).first():
        raise NobodyToAsk
    tokens.spend(form_token or "", purpose=ASK)
    question = mail.of_question(ambassador, name=name, email=email, text=text, is_known=is_known)
    sent = OutgoingMail.objects.filter(kind=question["kind"], to=question["to"])
    if sent.filter(created_at__gt=timezone.now() - DAY).count() >= MOST_A_DAY:
        raise AskedTooOften
    post(**question)
