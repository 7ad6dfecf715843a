"""The open ledger tells of changed promises, and leads to those that readers can see."""

import json

import pytest
from wagtail.models import PageViewRestriction

from consultations.roadmap.models import RoadmapPage
from partnership.ledger.models import LedgerEntry
from tests.factories.promises import YEAR, ask, sign

pytestmark = pytest.mark.django_db


def test_it_leads_to_the_promise_as_long_as_readers_see_it(client, promise, people, cities):
    request = ask(promise, by=people.alder, due_on=f"{YEAR}-09-01")
    sign(request, by=people.puerto, city=cities[1])
    number = LedgerEntry.objects.get().number

    page = client.get("/en/ledger/").content.decode()
    content = json.loads(client.get(f"/en/ledger/{number}.json").content)

    assert "Change of “1. A ramp”" in page
    assert f'href="{promise.get_absolute_url()}"' in page
    assert content["content"]["after"] == {"due_on": f"{YEAR}-09-01"}
    RoadmapPage.objects.update(live=False)
    assert "A ramp" not in client.get("/en/ledger/?again").content.decode()
    assert client.get(f"/en/ledger/{number}.json?again").status_code == 404


def test_it_tells_nothing_of_a_roadmap_that_is_not_for_everybody(client, promise, people, cities):
    sign(ask(promise, by=people.alder, due_on=f"{YEAR}-09-01"), by=people.puerto, city=cities[1])
    PageViewRestriction.objects.create(page=promise.roadmap, restriction_type="login")
    number = LedgerEntry.objects.get().number

    assert "A ramp" not in client.get("/en/ledger/").content.decode()
    assert client.get(f"/en/ledger/{number}.json").status_code == 404
