"""How often one person, or one address, may do something."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache

from partnership import limits
from partnership.limits import Limit, TooOften


@pytest.fixture
def limit(monkeypatch):
    """Two for a person and three for an address, in an hour that does not pass."""
    monkeypatch.setattr(limits, "time", lambda: 3600 * 400_000)
    cache.clear()
    return Limit("tests", per_person=2, per_address=3, seconds=3600)


@pytest.fixture
def asked(rf):
    """Return a function that makes a request of somebody from an address."""

    def make(key=None, address="192.0.2.1"):
        request = rf.get("/", REMOTE_ADDR=address)
        request.user = SimpleNamespace(pk=key)
        return request

    return make


def times(limit, *requests, **who):
    """How many of them were let through."""
    done = 0
    for request in requests:
        try:
            limit.count(request, **who)
        except TooOften:
            break
        done += 1
    return done


def test_nobody_signed_in_is_told_apart_by_the_address_only(limit, asked):
    assert times(limit, *[asked()] * 9) == 3
    assert times(limit, *[asked(address="192.0.2.2")] * 9) == 3


def test_a_person_is_counted_wherever_they_are(limit, asked):
    here, there = asked(7), asked(7, "192.0.2.2")

    assert times(limit, here, there, here) == 2


def test_who_is_not_signed_in_can_be_told_from_others_by_something_else(limit, asked):
    assert times(limit, *[asked()] * 9, person="a code") == 2
    assert times(limit, asked(address="192.0.2.2"), person="a code") == 0
    assert times(limit, asked(address="192.0.2.3"), person="another") == 1


def test_what_stands_for_somebody_comes_before_the_account(limit, asked):
    assert times(limit, asked(7), asked(8), asked(9), person="a code") == 2


def test_what_was_right_is_taken_back_and_who_may_not_go_on_is_told_so(limit, asked):
    for _right in range(9):
        limit.count(asked(7))
        limit.take_back(asked(7))
    times(limit, asked(7), asked(7))

    with pytest.raises(TooOften):
        limit.count(asked(7))


def test_limits_do_not_count_for_each_other_and_begin_anew(limit, asked, monkeypatch):
    times(limit, asked(7), asked(7))

    assert times(Limit("others", per_person=1, per_address=9, seconds=3600), asked(7)) == 1
    assert times(limit, asked(7)) == 0
    monkeypatch.setattr(limits, "time", lambda: 3600 * 400_001)
    assert times(limit, asked(7)) == 1


def test_a_count_outlives_its_window(limit, asked, monkeypatch):
    kept = []
    monkeypatch.setattr(limits.cache, "add", lambda key, value, seconds: kept.append(seconds))
    monkeypatch.setattr(limits.cache, "incr", lambda key: 1)

    limit.count(asked(7))

    assert kept
    assert all(seconds >= limit.seconds for seconds in kept)


def test_a_count_that_the_cache_lost_begins_at_one(limit, asked, monkeypatch):
    monkeypatch.setattr(limits.cache, "add", lambda *_any: False)

    assert times(limit, *[asked(7)] * 5) == 5
