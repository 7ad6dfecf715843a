"""A page lives a minute at most, and never past what the clock changes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from partnership.serving import fresh_until
from partnership.serving.freshness import expiry
from partnership.serving.middleware import AnonymousPageCache

NOON = datetime(2027, 3, 1, 12, 0, 20, tzinfo=UTC)


def request_at(instant: datetime):
    request = RequestFactory().get("/en/")
    request.rendering_since = instant
    return request


def test_a_page_lives_for_a_minute():
    assert expiry(request_at(NOON)) == NOON + timedelta(seconds=60)


def test_a_page_ends_at_the_earliest_instant_it_depends_on():
    request = request_at(NOON)

    fresh_until(request, NOON + timedelta(seconds=40), None)
    fresh_until(request, NOON + timedelta(seconds=30), NOON + timedelta(days=1))

    assert expiry(request) == NOON + timedelta(seconds=30)


def test_a_later_instant_that_is_noted_last_does_not_let_it_live_longer():
    request = request_at(NOON)

    fresh_until(request, NOON + timedelta(seconds=30))
    fresh_until(request, NOON + timedelta(seconds=40))

    assert expiry(request) == NOON + timedelta(seconds=30)


def test_what_had_passed_when_the_request_came_in_is_ignored():
    request = request_at(NOON)

    fresh_until(request, NOON, NOON - timedelta(days=1))

    assert expiry(request) == NOON + timedelta(seconds=60)


@pytest.mark.parametrize(
    "midnight",
    [
        datetime(2027, 3, 1, 23, 0, tzinfo=UTC),  # Madrid
        datetime(2027, 3, 1, 18, 30, tzinfo=UTC),  # Kolkata
        datetime(2027, 3, 1, 18, 15, tzinfo=UTC),  # Kathmandu
    ],
)
def test_no_page_outlives_midnight_anywhere_on_earth(midnight):
    assert expiry(request_at(midnight - timedelta(seconds=5))) == midnight


def test_without_a_request_there_is_nothing_to_note():
    fresh_until(None, NOON)


@pytest.mark.usefixtures("page_cache")
def test_a_page_whose_instant_passed_while_it_was_made_is_not_kept():
    made = []

    def closes_meanwhile(request):
        made.append(1)
        fresh_until(request, request.rendering_since + timedelta(microseconds=1))
        return HttpResponse()

    cached = AnonymousPageCache(closes_meanwhile)
    cached(RequestFactory().get("/en/"))
    cached(RequestFactory().get("/en/"))

    assert len(made) == 2


@pytest.mark.usefixtures("page_cache")
def test_a_page_is_made_again_after_its_instant(monkeypatch):
    made = []
    closes_at = timezone.now() + timedelta(seconds=30)

    def closes_soon(request):
        made.append(1)
        fresh_until(request, closes_at)
        return HttpResponse()

    cached = AnonymousPageCache(closes_soon)
    cached(RequestFactory().get("/en/"))
    monkeypatch.setattr("partnership.serving.cache.time", lambda: closes_at.timestamp() + 1)
    cached(RequestFactory().get("/en/"))

    assert len(made) == 2
