"""An event whose door is open, somebody who stands there, and what they read."""

import re
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from events.models import EventPage
from events.registrations.models import Registration
from partnership.cities.models import City
from partnership.people.models import Resident
from tests.factories.events import make_event
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory

DOOR = "/en/events/hall/door/"


def hall(**fields: Any) -> EventPage:
    """An event that begins in an hour, a joint one unless told otherwise, at DOOR."""
    return make_event(title="Hall", starts_at=timezone.now() + timedelta(hours=1), **fields)


def place(event: EventPage, name: str = "Ana Olmo", **fields: Any) -> Registration:
    """A place of somebody with that name."""
    return RegistrationFactory(event=event, participant__resident__name=name, **fields)


def stands_at_the_door(
    client: Client, *cities: City, may: tuple[str, ...] = ("check_in",), **fields: Any
) -> Resident:
    """Sign in somebody who works for these cities and may do that."""
    host = ResidentFactory(name="Marta Door", **fields)
    host.edits_for.set(cities)
    host.user_permissions.set(Permission.objects.filter(codename__in=may))
    client.force_login(host)
    return host


def read(response: HttpResponse) -> str:
    """The page with every run of blanks as one."""
    return re.sub(r"\s+", " ", response.content.decode())
