"""Places that wait for a guardian, and what was written about them."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from events.models import EventPage
from events.registrations import facts
from events.registrations.models import Registration
from events.registrations.services.consent import ask_guardians
from events.registrations.services.guardians import answer_due
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import city_pair
from tests.factories.events import make_event
from tests.factories.registrations import RegistrationFactory

EVA = "eva@example.org"


def hall_for_one() -> EventPage:
    """An event next month with one place, which asks guardians by mail."""
    city_pair()
    starts_at = timezone.now() + timedelta(days=30)
    return make_event(
        title="Hall",
        capacity=1,
        takes_minors=True,
        asks_guardians=True,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=3),
    )


def held(event: EventPage, **fields: Any) -> Registration:
    """A place that waits for a guardian, who has been written to."""
    values: dict[str, Any] = {"is_minor": True, "guardian_name": "Eva Olmo", "guardian_email": EVA}
    stored, until = EventPage.objects.get(pk=event.pk), answer_due(event, timezone.now())
    values |= {"guardian_language": "es", "guardian_until": until, "told": facts.digest(stored)}
    place: Registration = RegistrationFactory(event=event, **{**values, **fields})
    ask_guardians()
    place.refresh_from_db()
    return place


def link_to(email: str = EVA) -> str:
    """The link in the newest mail to a guardian."""
    mail = OutgoingMail.objects.filter(to=email).latest("pk")
    return re.findall(r"https?://[^/]+(/\S*/\S{20,}/)", mail.text)[0]


def kinds(email: str) -> list[str]:
    """The kinds of the mails to somebody, in their order."""
    return list(OutgoingMail.objects.filter(to=email).order_by("pk").values_list("kind", flat=True))
