"""Places at events, the smallest valid ones."""

import factory
from factory.django import DjangoModelFactory

from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration
from events.registrations.services import PURPOSE
from partnership.people import tokens
from tests.factories.events import make_event
from tests.factories.people import ParticipantFactory


class RegistrationFactory(DjangoModelFactory):
    """One person's place at an event next week."""

    class Meta:
        model = Registration

    event = factory.LazyFunction(make_event)
    participant = factory.SubFactory(ParticipantFactory)
    city = factory.LazyAttribute(lambda registration: registration.participant.city)
    party_size = 1
    status = RegistrationStatus.REGISTERED
    arrived = factory.LazyAttribute(
        lambda place: place.party_size if place.status == RegistrationStatus.ATTENDED else 0
    )


def fresh_token() -> str:
    """A token of the sign-up form that nobody has used."""
    return tokens.issue(PURPOSE)
