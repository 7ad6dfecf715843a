"""The mails about places that an event will cause, with somebody who does not exist."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import EventPage
from events.registrations import mail
from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration
from partnership.pages import mail_examples
from partnership.people.models import Participant, Resident

#: Never given out: real codes have neither a hyphen nor a 1.
CODE = "EXAMPLE-1"
PARTY = 2


def register() -> None:
    """Offer the mails among the previews of every event."""
    mail_examples.register(
        "events.eventpage",
        "registration_confirmed",
        gettext_lazy("Mail: a place is taken"),
        lambda event, code: mail.confirmation(_registration(event, code)),
    )
    mail_examples.register(
        "events.eventpage",
        "registration_cancelled",
        gettext_lazy("Mail: a place is given back"),
        lambda event, code: mail.cancellation(
            _registration(event, code), was=RegistrationStatus.REGISTERED
        ),
    )


def _registration(event: EventPage, code: str) -> Any:
    """Return two places of somebody who reads that language; nothing of it is stored."""
    resident = Resident(email="name@example.org", name=_("Somebody"), language_code=code)
    participant = Participant(resident=resident)
    return Registration(
        event=event,
        participant=participant,
        party_size=PARTY,
        code=CODE,
        language_code=code,
        cancelled_at=timezone.now(),
    )
