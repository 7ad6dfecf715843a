"""What the pages of alerts and of channels show."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from home.alerts.agreements import agreed_context
from home.alerts.band import names_of
from home.alerts.models import Alert, Channel, ChannelOffice, EmergencyNumbers
from partnership.cities.models import City
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import cities_own_first, once

PER_PAGE = 20


def list_context(request: HttpRequest) -> dict[str, Any]:
    """The alerts in force, and a page of those that are over, the latest first."""
    public, now = Alert.objects.public().prefetch_related("cities"), timezone.now()
    over = public.filter(Q(ended_at__isnull=False) | Q(ends_at__lte=now))
    page = Paginator(over, PER_PAGE).get_page(request.GET.get("page"))
    cities = once(request, cities_of_the_site)
    return {
        "page": page,
        "in_force": rows_of(Alert.objects.in_force().prefetch_related("cities"), cities),
        "over": rows_of(page.object_list, cities),
        "cities": cities,
    }


def rows_of(alerts: Iterable[Alert], cities: list[City]) -> list[dict[str, Any]]:
    """Return what a list shows of these alerts."""
    return [
        {"alert": alert, "about": names_of({each.pk for each in alert.cities.all()}, cities)}
        for alert in alerts
    ]


def alert_context(alert: Alert, request: HttpRequest) -> dict[str, Any]:
    """One alert, and what was done with it: by which city, and when."""
    cities = once(request, cities_of_the_site)
    [row] = rows_of([alert], cities)
    return {
        **row,
        "is_over": alert.is_over(),
        "steps": alert.steps.select_related("city"),
        "cities": cities,
    }


def emergency_context(request: HttpRequest) -> dict[str, Any]:
    """For each city whom to call, and the channels for which it answers; three queries.

    The reader's own city comes first: who looks here has no time to read about another.
    What the cities agreed takes two more.
    """
    cities = once(request, cities_own_first)
    channels = list(Channel.objects.public().with_last_test().prefetch_related("offices"))
    numbers = {each.city_id: each.text for each in EmergencyNumbers.objects.all()}
    named = {city.pk: city for city in cities}
    sections = [
        {
            "city": city,
            "numbers": numbers.get(city.pk, ""),
            "channels": [
                {"channel": channel, "office": office, "tested_by": named.get(channel.tested_by)}
                for channel in channels
                if (office := _office_in(city, channel))
            ],
        }
        for city in cities
    ]
    shown = [each for each in sections if each["numbers"] or each["channels"]]
    return {"sections": shown, **agreed_context(request)}


def _office_in(city: City, channel: Channel) -> ChannelOffice | None:
    return next((each for each in channel.offices.all() if each.city_id == city.pk), None)
