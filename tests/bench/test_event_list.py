"""200 events: what the lists, the month, the calendar and the feeds cost beside 10."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.cities import city_pair
from tests.factories.events import add_venue, make_event
from tests.factories.registrations import RegistrationFactory

pytestmark = [pytest.mark.bench, pytest.mark.both, pytest.mark.django_db]

FEW, MANY, ROUNDS, MOST_QUERIES = 10, 200, 3, 15
ADDRESSES = {
    "list": "/en/events/",
    "month": "/en/events/?when=month",
    "free places": "/en/events/?free=1",
    "calendar": "/en/events/calendar.ics",
    "news feed": "/en/events/feed.atom",
}


def publish(until: int, *, since: int = 0) -> None:
    """Events of the next hundred days, each with a venue in each city and somebody in it."""
    for number in range(since, until):
        starts_at = timezone.now() + timedelta(hours=12 * (number + 1))
        event = make_event(title=f"Event {number}", starts_at=starts_at, capacity=10)
        for city in city_pair():
            add_venue(event, city)
        RegistrationFactory(event=event)


def cost(client: Client, address: str) -> tuple[int, float]:
    """Queries of the page made afresh, and its seconds at best."""
    times = []
    client.get(address)
    for _round in range(ROUNDS):
        caches["pages"].clear()
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
            assert response.status_code == 200
        times.append(time.perf_counter() - began)
    return len(captured), min(times)


def test_two_hundred_events_ask_no_more_of_the_database(
    client: Client, figure: Callable[..., None]
) -> None:
    publish(FEW)
    few = {what: cost(client, address) for what, address in ADDRESSES.items()}
    publish(MANY, since=FEW)
    many = {what: cost(client, address) for what, address in ADDRESSES.items()}

    for what in ADDRESSES:
        queries, seconds = many[what]
        figure(f"200 events, {what}", queries, unit="queries", at_most=MOST_QUERIES)
        ratio = seconds / few[what][1]
        figure(f"200 events, {what}, beside 10", ratio, unit="x the time", at_most=None)
        assert queries == few[what][0]
