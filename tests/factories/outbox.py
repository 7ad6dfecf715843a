"""Mails, the smallest valid ones."""

import factory
from django.conf import settings
from factory.django import DjangoModelFactory

from partnership.outbox.models import OutgoingMail


class OutgoingMailFactory(DjangoModelFactory):
    """A mail that is due."""

    class Meta:
        model = OutgoingMail

    kind = "account/already_joined"
    to = factory.Sequence(lambda number: f"reader{number}@example.org")
    language_code = settings.LANGUAGE_CODE
    subject = "A subject"
    text = "Some words.\n"
    html = "<p>Some words.</p>"
