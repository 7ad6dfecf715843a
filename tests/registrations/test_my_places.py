"""What residents read of their places under "My participation"."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from events.registrations.enums import RegistrationStatus
from tests.factories.cities import city_pair
from tests.factories.events import make_event
from tests.factories.people import ParticipantFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db
IN_SUMMER = datetime(2099, 7, 1, 16, tzinfo=UTC)


@pytest.fixture
def own(client):
    participant = ParticipantFactory(resident__language_code="en")
    client.force_login(participant.resident)
    return participant


def listed(client):
    page = client.get(reverse("my_participation")).content.decode()
    return " ".join(strip_tags(page).split())


def test_an_hour_is_that_of_the_city_one_joins_in_and_names_it(client, own):
    alder, puerto = city_pair()
    event = make_event(starts_at=IN_SUMMER, time_zone=puerto.time_zone)
    RegistrationFactory(event=event, participant=own, joins_in=alder)

    page = listed(client)

    assert "1 July 2099, 17:00 Alder Bay" in page
    assert "18:00" not in page


def test_whoever_joins_nowhere_in_particular_reads_every_clock(client, own):
    puerto = city_pair()[1]
    event = make_event(starts_at=IN_SUMMER, time_zone=puerto.time_zone)
    RegistrationFactory(event=event, participant=own)

    assert "1 July 2099, 17:00 Alder Bay, 18:00 Puerto Almendro" in listed(client)


def offered(own, *, until):
    return RegistrationFactory(
        participant=own,
        status=RegistrationStatus.OFFERED,
        offer_expires_at=until,
    )


def test_an_offer_says_until_when_the_place_is_kept(client, own):
    offered(own, until=IN_SUMMER)

    assert "It is kept for you until 1 July 2099, 17:00 (Alder Bay);" in listed(client)


def test_an_offer_that_has_ended_promises_no_time(client, own):
    offered(own, until=timezone.now())

    assert "It is kept for you" not in listed(client)


def test_three_places_cost_as_many_queries_as_one(client, own):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("my_participation"))
        return len(asked)

    alder = city_pair()[0]
    RegistrationFactory(participant=own, joins_in=alder)
    queries()  # warms what frames every page
    with_one = queries()
    RegistrationFactory(participant=own, joins_in=alder)
    RegistrationFactory(participant=own)

    assert queries() == with_one
