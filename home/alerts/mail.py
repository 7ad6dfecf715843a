"""The mail about an alert, as ``outbox.post`` takes it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation

from home.alerts.band import names_of
from home.alerts.links import stop_url
from home.alerts.models import Alert
from partnership.cities.models import City
from partnership.cities.ordering import own_first
from partnership.pages.languages import known_or_default
from partnership.people.models import Resident


def of_alert(resident: Resident, alert: Alert, cities: Iterable[City]) -> dict[str, Any]:
    """What it is and where, what to do, and until when on the clock of each of ``cities``.

    It is worth nothing once the alert is over, and is dropped then.
    """
    cities = list(cities)
    concerned: set[int | None] = {city.pk for city in alert.cities.all()}
    is_everywhere = not concerned or len(concerned) == len(cities)
    code = known_or_default(resident.language_code)
    with translation.override(code):
        url = f"{settings.BASE_URL}{alert.get_absolute_url()}"
        about = names_of(concerned, cities)
    return {
        "kind": "alert_begins",
        "to": resident.email,
        "language_code": code,
        "about": alert,
        "expires_at": alert.ends_at,
        "context": {
            "name": resident.get_short_name(),
            "alert": alert,
            "about": about,
            "is_everywhere": is_everywhere,
            "cities": own_first(cities, resident.city_id),
            "url": url,
            "stop_url": stop_url(resident.pk, code),
        },
    }
