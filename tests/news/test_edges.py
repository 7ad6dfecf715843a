"""The first and the last instant of an issue, whose clock counts, and what is kept for how long."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from consultations.snapshots.models import ResultSnapshot
from home.news.gathering import Window, gather
from home.news.models import Issue, Letter, NewsWish
from home.news.telling import KEPT_FOR, forget_old_letters, tell_news
from partnership.cities.models import City
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation
from tests.factories.news import (
    FIRST_THURSDAY,
    SECOND_THURSDAY,
    TUESDAY,
    account,
    letters_to,
    put_the_clock_at,
    story,
    wish_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

WINDOW = Window(since=TUESDAY, until=FIRST_THURSDAY, next_at=SECOND_THURSDAY)
INSTANT = timedelta(microseconds=1)


def test_corrected_results_are_no_news(monkeypatch):
    put_the_clock_at(FIRST_THURSDAY, monkeypatch)
    days = {"opens_at": TUESDAY - timedelta(days=60), "closes_at": TUESDAY - timedelta(days=40)}
    closed = make_consultation(title="Quay", **days)
    for number, frozen_at in ((1, TUESDAY - timedelta(days=30)), (2, TUESDAY + INSTANT)):
        ResultSnapshot.objects.create(
            consultation=closed, number=number, content={}, digest="", frozen_at=frozen_at
        )

    later = gather(WINDOW)
    ResultSnapshot.objects.filter(number=1).update(frozen_at=TUESDAY + INSTANT)

    assert later == []
    assert [each.what for each in gather(WINDOW)] == ["results"]


@pytest.mark.parametrize(
    ("instant", "is_told"),
    [
        (TUESDAY, False),  # it went out with the issue before
        (TUESDAY + INSTANT, True),
        (FIRST_THURSDAY, True),
        (FIRST_THURSDAY + INSTANT, False),
    ],
)
def test_what_is_published_at_an_edge_is_told_in_one_issue(instant, is_told, monkeypatch):
    put_the_clock_at(instant, monkeypatch)
    story()

    assert [each.what for each in gather(WINDOW)] == (["story"] if is_told else [])


@pytest.mark.parametrize("column", ["opens_at", "first_published_at"])
def test_what_opens_or_is_published_after_the_hour_is_of_the_next_issue(column, monkeypatch):
    put_the_clock_at(FIRST_THURSDAY + timedelta(hours=2), monkeypatch)
    days = {"opens_at": TUESDAY - timedelta(days=9), "closes_at": SECOND_THURSDAY}
    page = make_consultation(title="Quay", **days)
    type(page).objects.update(
        **{"first_published_at": days["opens_at"], column: FIRST_THURSDAY + timedelta(hours=1)}
    )

    assert gather(WINDOW) == []


def test_the_clock_of_the_home_comes_before_that_of_the_wished_city(monkeypatch):
    here, there = city_pair()
    City.objects.filter(pk=there.pk).update(time_zone="Pacific/Honolulu")  # not eight there yet
    put_the_clock_at(TUESDAY, monkeypatch)
    wish_of(account(), city=there)
    wish_of(account("eva@example.org", city=there), city=here)
    story()

    put_the_clock_at(FIRST_THURSDAY.replace(hour=12), monkeypatch)
    tell_news()

    assert len(letters_to("ana@example.org")) == 1
    assert letters_to("eva@example.org") == []


def test_nobody_is_written_to_at_an_address_they_have_not_confirmed():
    reader = account()
    wish_of(reader)
    address = EmailAddress.objects.get(user=reader.resident)
    reachable = NewsWish.objects.reachable
    before = reachable().count()

    address.verified = False
    address.save()
    EmailAddress.objects.create(user=reader.resident, email="old@example.org", verified=True)

    assert (before, reachable().count()) == (1, 0)


def test_which_issue_went_to_whom_is_known_for_a_season(monkeypatch):
    put_the_clock_at(TUESDAY, monkeypatch)
    wish_of(account())
    story()
    put_the_clock_at(FIRST_THURSDAY, monkeypatch)
    tell_news()
    letter = Letter.objects.get()

    gone = []
    for instant in (letter.written_at + KEPT_FOR, letter.written_at + KEPT_FOR + INSTANT):
        put_the_clock_at(instant, monkeypatch)
        gone.append(forget_old_letters())

    assert gone == [0, 1]
    assert Issue.objects.exists()


@pytest.mark.parametrize(("days", "letters"), [(2, 0), (6, 1)])
def test_whoever_moves_to_another_clock_gets_no_issue_twice(monkeypatch, days, letters):
    put_the_clock_at(TUESDAY, monkeypatch)
    wish = wish_of(account())
    put_the_clock_at(FIRST_THURSDAY - timedelta(days=1), monkeypatch)
    story()
    put_the_clock_at(FIRST_THURSDAY, monkeypatch)
    NewsWish.objects.filter(pk=wish.pk).update(told_until=FIRST_THURSDAY - timedelta(days=days))

    tell_news()

    assert len(letters_to("ana@example.org")) == letters
