"""People who were at an exchange, and ambassadors."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from events.models import EventPage, ExchangePage
from events.registrations.enums import RegistrationStatus
from home.ambassadors.models import Ambassador
from partnership.people.models import Participant
from tests.factories.cities import city_pair
from tests.factories.events import make_past_event
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory


def was_at(event: EventPage, email: str = "ana@example.org", **fields: Any) -> Participant:
    """Somebody who was there."""
    resident = ResidentFactory(email=email, name="Ana Ruiz", city=city_pair()[0])
    person = Participant.objects.of(resident)
    values = {"status": RegistrationStatus.ATTENDED, **fields}
    RegistrationFactory(event=event, participant=person, **values)
    return person


def make_ambassador(
    state: str = "published", *, email: str = "ana@example.org", cities: Any = (), **fields: Any
) -> Ambassador:
    """An ambassador of an exchange last week; shown to readers, unless the state is another."""
    event = fields.pop("event", None) or make_past_event(ExchangePage, cities=cities)
    values = {
        "first_name": "Ana",
        "place": "Alder Bay",
        "words": "Ask me about the kitchen.",
        "language_code": "en",
        "state": state,
        "reason": "It names somebody." if state == "hidden" else "",
        "consented_at": timezone.now() - timedelta(hours=1),
    }
    person = was_at(event, email)
    return Ambassador.objects.create(participant=person, event=event, **{**values, **fields})
