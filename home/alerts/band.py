"""What every page tells of alerts, and whether there is anything to tell."""

from typing import Any

from django.db.models import Exists, F, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from home.alerts.enums import Level
from home.alerts.models import Alert, Channel, EmergencyNumbers
from partnership.cities.models import City
from partnership.interface import framing
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.serving import fresh_until
from partnership.serving.at_hand import while_unchanged
from partnership.serving.freshness import rendering_since

GRAVEST_FIRST = (Level.DANGER, Level.WARNING, Level.INFORMATION)
ICONS = {Level.DANGER: "alert", Level.WARNING: "bell", Level.INFORMATION: "flag"}


def lasting() -> Exists:
    """Whether pages show an alert now, or will."""
    return Exists(Alert.objects.lasting())


def every_alert() -> Exists:
    """Whether readers ever were alerted."""
    return Exists(Alert.objects.public())


def emergency_contacts() -> Q:
    """Whether readers are told of a channel or a number."""
    return Exists(Channel.objects.public()) | Exists(EmergencyNumbers.objects.all())


def alerts_now(request: HttpRequest) -> list[dict[str, Any]]:
    """What this page tells, the gravest first; the page is made anew when the clock changes it."""
    cities = once(request, cities_of_the_site)
    if not framing.is_known(cities, "has_alerts"):
        return []
    alerts = while_unchanged(request, "alerts", with_their_cities)
    fresh_until(request, *(instant for alert in alerts for instant in alert.turning_points()))
    now = rendering_since(request)
    shown = [alert for alert in alerts if alert.is_shown(now)]
    shown.sort(key=lambda alert: (alert.is_over(now), GRAVEST_FIRST.index(Level(alert.level))))
    return [told(alert, cities, alert.is_over(now)) for alert in shown]


def with_their_cities() -> list[Any]:
    """Return the alerts that last, each with ``about``, the keys of its cities; one query."""
    found: dict[int, Any] = {}
    for row in Alert.objects.lasting().annotate(city_key=F("cities")):
        alert = found.setdefault(row.pk, row)
        alert.about = [*getattr(alert, "about", ()), row.city_key]
    return list(found.values())


def told(alert: Any, cities: list[City], is_over: bool) -> dict[str, Any]:
    """Return what the band says of one alert (see ``components/alerts.html``)."""
    return {
        "alert": alert,
        "about": names_of(set(alert.about), cities),
        "is_over": is_over,
        "icon": "check" if is_over else ICONS[Level(alert.level)],
    }


def names_of(keys: set[int | None], cities: list[City]) -> str:
    """Return the names of these cities; where none is chosen, or all are, that it is all."""
    named = [str(city) for city in cities if city.pk in keys]
    if not named or len(named) == len(cities):
        return _("all cities")
    return ", ".join(named)
