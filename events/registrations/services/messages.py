"""Write to everybody of an event who has a place, waits, or was there."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from events.models import EventPage
from events.registrations.enums import RegistrationStatus
from events.registrations.models import GroupMessage
from events.registrations.refusals import NobodyToWriteTo
from partnership.cities.models import City
from partnership.people import tokens
from partnership.people.models import Resident

WRITE = "registrations.write_to_group"


@transaction.atomic
def write_to_group(
    event: EventPage,
    *,
    statuses: Sequence[RegistrationStatus | str],
    words: dict[str, dict[str, Any]],
    written_by: Resident,
    joins_in: City | None = None,
    form_token: str | None = None,
) -> GroupMessage:
    """Keep the message; the clock sends it within seconds, to each in their own language.

    ``words`` maps every partner language to ``{"subject": ..., "text": ...}``; with ``joins_in``
    it goes only to those who take part in that city. Raises NobodyToWriteTo when that is nobody,
    and TokenAlreadySpent for a form that was sent before; what comes from no form has no token.
    """
    if form_token:
        tokens.spend(form_token, purpose=WRITE)
    message = GroupMessage(
        event=event,
        statuses=[str(status) for status in statuses],
        words=words,
        joins_in=joins_in,
        written_by=written_by,
    )
    if not message.addressees.exists():
        raise NobodyToWriteTo
    message.save()
    return message
