"""The clock counts the board, so that readers never wait for a million votes."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from home.parity import keeping
from partnership.outbox import clock
from tests.factories.cities import city_pair

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def refuse(cities):
    raise AssertionError("counted while a reader waits")


def test_what_the_clock_has_counted_is_what_readers_are_shown(client, monkeypatch):
    city_pair()
    cache.clear()
    keeping.renew()
    monkeypatch.setattr(keeping, "count", refuse)

    assert client.get(reverse("parity")).status_code == 200


def test_it_is_counted_before_what_is_kept_runs_out():
    (entry,) = (each for each in clock.entries() if each.task is keeping.renew)

    assert entry.every < keeping.KEPT_FOR


def test_without_a_clock_the_first_reader_has_it_counted(client, monkeypatch):
    city_pair()
    cache.clear()
    page = reverse("parity")

    assert client.get(page).status_code == 200
    monkeypatch.setattr(keeping, "count", refuse)
    assert client.get(page).status_code == 200
