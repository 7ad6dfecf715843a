"""Residents, the smallest valid ones."""

from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.conf import settings
from factory.django import DjangoModelFactory

from partnership.people.models import Participant, Resident

PASSWORD = "a short true sentence"


class ResidentFactory(DjangoModelFactory):
    """A resident of elsewhere with a confirmed address, who signs in with PASSWORD."""

    class Meta:
        model = Resident
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"resident{number}@example.org")
    name = factory.Sequence(lambda number: f"Resident {number}")
    language_code = settings.LANGUAGE_CODE
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def confirmed(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            EmailAddress.objects.create(
                user=self, email=self.email, primary=True, verified=extracted is not False
            )


class ParticipantFactory(DjangoModelFactory):
    """The participant behind an account."""

    class Meta:
        model = Participant

    resident = factory.SubFactory(ResidentFactory)
