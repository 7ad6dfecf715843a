"""What is news of which issue, and whose: after the hour, of several cities, of no move at all."""

from datetime import timedelta

import pytest

from consultations.following.models import PromiseStep
from consultations.official.models import AnswerSheet
from events.models import FestivalPage
from home.news.telling import tell_news
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation
from tests.factories.events import add_venue, make_event
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
from tests.factories.roadmap import make_commitment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

SIGNED = "Every city has signed the answers."


def test_answers_signed_after_the_hour_are_told_once_with_the_next_issue(monkeypatch):
    put_the_clock_at(TUESDAY, monkeypatch)
    wish_of(account())
    story()
    closed = make_consultation(title="Quay", closes_at=TUESDAY - timedelta(days=1))
    signed_at = FIRST_THURSDAY - timedelta(minutes=10)  # hours after eight in every city
    AnswerSheet.objects.create(consultation=closed, published_at=signed_at)

    for instant in (FIRST_THURSDAY, SECOND_THURSDAY):
        put_the_clock_at(instant, monkeypatch)
        tell_news()

    assert [SIGNED in letter.text for letter in letters_to("ana@example.org")] == [False, True]


def test_an_event_is_news_of_the_cities_where_it_happens_too(monkeypatch):
    put_the_clock_at(TUESDAY, monkeypatch)
    alder, puerto = city_pair()
    for email, city in (("ana@example.org", alder), ("eva@example.org", puerto)):
        wish_of(account(email), city=city)
    festival = make_event(
        FestivalPage, starts_at=TUESDAY + timedelta(days=20), first_published_at=TUESDAY
    )
    festival.cities.set([alder])
    festival.save()
    add_venue(festival, puerto)

    put_the_clock_at(FIRST_THURSDAY, monkeypatch)
    tell_news()

    for email in ("ana@example.org", "eva@example.org"):
        assert [festival.title in letter.text for letter in letters_to(email)] == [True]


def test_a_city_whose_name_has_an_apostrophe_is_told_as_it_is_written(monkeypatch):
    put_the_clock_at(TUESDAY, monkeypatch)
    wish_of(account())
    city = city_pair()[0]
    type(city).objects.filter(pk=city.pk).update(name_en="King's Lynn & Bay")
    make_consultation(title="Quay", opens_at=TUESDAY, closes_at=SECOND_THURSDAY + timedelta(days=9))

    put_the_clock_at(FIRST_THURSDAY, monkeypatch)
    tell_news()

    (letter,) = letters_to("ana@example.org")
    assert "King's Lynn & Bay" in letter.text.partition("Quay")[2].partition("http")[0]
    assert "&amp;#x27;" not in letter.html
    assert "&amp;amp;" not in letter.html


def test_a_promise_that_only_cites_more_people_is_no_news(monkeypatch):
    put_the_clock_at(TUESDAY, monkeypatch)
    wish_of(account())
    promise = make_commitment(title="A ramp")
    type(promise.roadmap).objects.update(first_published_at=TUESDAY - timedelta(days=90))
    stays = {"status": "agreed", "due_on": promise.due_on}
    PromiseStep.objects.create(
        commitment=promise,
        **stays,
        **{f"was_{name}": value for name, value in stays.items()},
        noticed_at=TUESDAY - timedelta(days=1),
        listed_at=TUESDAY,
    )

    put_the_clock_at(FIRST_THURSDAY, monkeypatch)

    assert tell_news() == 0


def test_what_closed_before_the_mail_was_written_is_told_to_nobody(monkeypatch):
    put_the_clock_at(TUESDAY, monkeypatch)
    wish_of(account())
    make_consultation(
        title="Quay", opens_at=TUESDAY, closes_at=FIRST_THURSDAY - timedelta(minutes=10)
    )

    put_the_clock_at(FIRST_THURSDAY, monkeypatch)

    assert tell_news() == 0


def test_what_was_to_open_earlier_is_news_once_it_is_published(monkeypatch):
    put_the_clock_at(TUESDAY, monkeypatch)
    wish_of(account())
    page = make_consultation(
        title="Quay", opens_at=TUESDAY - timedelta(days=60), closes_at=TUESDAY + timedelta(days=60)
    )
    type(page).objects.update(first_published_at=TUESDAY)

    put_the_clock_at(FIRST_THURSDAY, monkeypatch)

    assert tell_news() == 1
    assert "Quay" in letters_to("ana@example.org")[0].text


def test_a_new_roadmap_that_not_every_reader_may_open_is_told_to_nobody(monkeypatch):
    put_the_clock_at(TUESDAY, monkeypatch)
    wish_of(account())
    roadmap = make_commitment(title="A ramp").roadmap
    type(roadmap).objects.update(first_published_at=TUESDAY)
    roadmap.view_restrictions.create(restriction_type="login")

    put_the_clock_at(FIRST_THURSDAY, monkeypatch)

    assert tell_news() == 0


def test_the_promises_of_a_new_roadmap_are_told_with_it_and_not_one_by_one(monkeypatch):
    put_the_clock_at(TUESDAY, monkeypatch)
    wish_of(account())
    promise = make_commitment(title="A ramp")
    type(promise.roadmap).objects.update(first_published_at=TUESDAY)
    PromiseStep.objects.create(
        commitment=promise,
        status="agreed",
        due_on=promise.due_on,
        noticed_at=TUESDAY - timedelta(days=1),
        listed_at=TUESDAY,
    )

    put_the_clock_at(FIRST_THURSDAY, monkeypatch)
    tell_news()

    [letter] = letters_to("ana@example.org")
    assert promise.roadmap.title in letter.text
    assert "A ramp" not in letter.text
