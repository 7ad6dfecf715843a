"""20,000 places at one event: what the staff's screens and the door cost beside few."""

import time
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import EventPage
from events.registrations.codes import new_code
from events.registrations.models import Registration
from partnership.people.models import Participant, Resident
from tests.factories.cities import city_pair
from tests.factories.door import DOOR, hall, stands_at_the_door

pytestmark = [pytest.mark.bench, pytest.mark.both, pytest.mark.django_db]

MAY = ("access_admin", "view_registration", "view_people", "manage_places", "check_in")
FEW, MANY = 200, 20_000
#: Beyond a thousand groups the door reads names first: it is compared with such an event.
FEW_AT_THE_DOOR = 2_000
ROUNDS = 3
#: The screens show a page of it, the door a list it must sort; both ask the same of the database.
MOST_QUERIES = 14


def fill(event: EventPage, until: int) -> None:
    """Take places until there are so many, by residents of both cities."""
    cities = city_pair()
    numbers = range(event.registrations.count(), until)
    residents = Resident.objects.bulk_create(
        Resident(
            email=f"many{number}@example.org",
            name=f"Resident {uuid4().hex[:6]}",
            city=cities[number % 2],
            language_code="en",
            password="!",
        )
        for number in numbers
    )
    participants = Participant.objects.bulk_create(Participant(resident=each) for each in residents)
    codes: set[str] = set()
    while len(codes) < len(participants):  # chance draws one twice now and then
        codes.add(new_code())
    Registration.objects.bulk_create(
        Registration(event=event, participant=each, city=each.resident.city, code=code)
        for each, code in zip(participants, codes, strict=True)
    )


def cost(client: Client, address: str) -> tuple[int, float]:
    """Queries of the page, and its seconds at best."""
    times = []
    client.get(address)
    for _round in range(ROUNDS):
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        times.append(time.perf_counter() - began)
        assert response.status_code == 200
    return len(captured), min(times)


@pytest.mark.parametrize("screen", ["list", "figures", "door", "paper"])
def test_many_places_ask_no_more_of_the_database(
    screen: str, client: Client, figure: Callable[..., None]
) -> None:
    event = hall()
    stands_at_the_door(client, city_pair()[0], may=MAY, is_staff=True)
    address = {
        "list": reverse("places:index"),
        "figures": reverse("event_places:overview", args=(event.pk,)),
        "door": DOOR,
        "paper": f"{DOOR}list/",
    }[screen]

    few = FEW_AT_THE_DOOR if screen == "door" else FEW
    fill(event, few)
    few_queries, few_seconds = cost(client, address)
    fill(event, MANY)
    many_queries, many_seconds = cost(client, address)

    figure(f"20,000 places, {screen}", many_queries, unit="queries", at_most=MOST_QUERIES)
    ratio = many_seconds / few_seconds
    figure(f"20,000 places, {screen}, beside {few:,}", ratio, unit="x the time", at_most=None)
    assert many_queries == few_queries
