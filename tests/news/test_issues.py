"""One mail on a Thursday with what is new since the last one, and none without news."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from consultations.following.models import PromiseStep
from consultations.official.models import AnswerSheet
from events.fields import written
from events.models import ExchangePage, FestivalPage
from home.news import schedule
from home.news.enums import Rhythm, Topic
from home.news.models import Issue, Letter, NewsWish
from home.news.services import stop
from home.news.telling import tell_news
from partnership.outbox.models import OutgoingMail
from partnership.outbox.services import deliver_due
from partnership.pages.models import BasePage
from partnership.people.services import keep_address
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation
from tests.factories.events import make_event
from tests.factories.news import (
    FIRST_THURSDAY,
    SECOND_THURSDAY,
    THURSDAY_AFTER,
    TUESDAY,
    account,
    guest,
    letters_to,
    put_the_clock_at,
    story,
    wish_of,
)
from tests.factories.roadmap import make_commitment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def it_is_tuesday(monkeypatch):
    put_the_clock_at(TUESDAY, monkeypatch)


@pytest.fixture
def on(monkeypatch):
    """Let it be a moment, and the clock look once; to how many it wrote."""

    def look(instant: datetime) -> int:
        put_the_clock_at(instant, monkeypatch)
        return tell_news()

    return look


def test_issues_leave_on_thursdays_and_monthly_ones_on_the_first():
    days = [
        schedule.last_day(instant, "Europe/London", rhythm)
        for rhythm in (Rhythm.WEEKLY, Rhythm.MONTHLY)
        for instant in (TUESDAY, FIRST_THURSDAY, THURSDAY_AFTER)
    ]

    assert [f"{day:%m-%d}" for day in days] == [
        "11-26",
        "12-03",
        "12-17",
        "11-05",
        "12-03",
        "12-03",
    ]
    assert f"{schedule.day_after(days[1], Rhythm.MONTHLY):%Y-%m-%d}" == "2027-01-07"


@pytest.mark.both
def test_it_comes_once_with_what_is_new_in_the_readers_language(on):
    wish_of(account(language_code="es"))
    Issue.objects.create(day=FIRST_THURSDAY.date(), greeting_es="Hola a todo el mundo.")
    story("A bench that stayed", title_es="Un banco que se quedó")

    told = [on(FIRST_THURSDAY), on(FIRST_THURSDAY + DAY), on(SECOND_THURSDAY)]

    (letter,) = letters_to("ana@example.org")
    assert told == [1, 0, 0]
    assert "novedades del 3 de diciembre" in letter.subject
    assert "Hola a todo el mundo." in letter.text
    assert "Un banco que se quedó" in letter.text
    assert "/es/" in letter.text
    assert letter.stop_url in letter.html
    assert Letter.objects.get().issue.day == FIRST_THURSDAY.date()


def test_nothing_is_sent_before_eight_on_the_clock_of_the_readers_city(on):
    london, madrid = city_pair()
    wish_of(account(city=london))
    wish_of(account("ben@example.org", city=madrid))
    wish_of(guest(), city=madrid)
    story()

    told = [on(datetime(2026, 12, 3, hour, minute, tzinfo=UTC)) for hour, minute in
            ((6, 59), (7, 0), (7, 59), (8, 0))]  # fmt: skip

    assert told == [0, 2, 0, 1]
    assert [mail.to for mail in OutgoingMail.objects.order_by("pk")] == [
        "ben@example.org",
        "gil@example.org",
        "ana@example.org",
    ]
    assert letters_to("gil@example.org")[0].text.startswith("Hello,\n")


def test_everybody_hears_of_all_since_their_last_one_though_the_clock_stood_still(on):
    wish_of(account())
    wish_of(account("mo@example.org"), rhythm=Rhythm.MONTHLY)
    story("First")
    on(FIRST_THURSDAY)
    story("Second")
    on(THURSDAY_AFTER)
    story("Third")
    on(datetime(2027, 1, 7, 19, tzinfo=UTC))

    weekly, monthly = letters_to("ana@example.org"), letters_to("mo@example.org")
    assert [("Second" in each.text, "Third" in each.text) for each in weekly] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    assert [("Second" in each.text, "Third" in each.text) for each in monthly] == [
        (False, False),
        (True, True),
    ]


def test_whoever_asks_after_an_issue_left_waits_for_the_next(on):
    story("First")
    wish_of(account(), asked_at=FIRST_THURSDAY + timedelta(hours=1))
    at_once = on(FIRST_THURSDAY + DAY)
    story("Second")

    assert (at_once, on(SECOND_THURSDAY)) == (0, 1)


def test_whoever_moves_to_another_clock_or_asks_anew_gets_no_issue_twice(on):
    london, madrid = city_pair()
    person = account(city=madrid)
    wish_of(person)
    story()
    at_first = on(datetime(2026, 12, 3, 7, 30, tzinfo=UTC))
    person.resident.city = london
    person.resident.save()
    moved = on(FIRST_THURSDAY)
    stop(person)
    wish_of(person)

    assert (at_first, moved, on(FIRST_THURSDAY)) == (1, 0, 0)


@pytest.mark.both
def test_cut_off_in_between_everybody_is_written_to_once_in_several_rounds(on, monkeypatch):
    for number in range(3):
        wish_of(guest(f"gil{number}@example.org"))
    story()

    def dies(*_arguments):
        raise SystemExit

    monkeypatch.setattr("home.news.telling.TOLD_AT_ONCE", 2)
    with monkeypatch.context() as cut:
        cut.setattr("home.news.telling.post_all", dies)
        with pytest.raises(SystemExit):
            on(FIRST_THURSDAY)

    assert not Letter.objects.exists()
    assert not NewsWish.objects.exclude(told_until=None).exists()
    assert [on(FIRST_THURSDAY) for _round in range(3)] == [2, 1, 0]


def test_only_a_confirmed_address_of_an_account_in_use_is_written_to(on):
    for email, is_active in (("ana@example.org", False), ("ben@example.org", True)):
        person = account(email, is_active=is_active)
        wish_of(person)
    keep_address(person.resident, confirmed=False)
    story()

    assert on(FIRST_THURSDAY) == 0


def test_thirty_readers_cost_the_queries_of_three(on):
    story().get_full_url()  # from then on the address of the site is known
    costs = []
    for number, instant in ((3, FIRST_THURSDAY), (30, SECOND_THURSDAY)):
        story(f"Story of {number}")
        for one in range(number):
            wish_of(guest(f"gil{one}-{number}@example.org"))
        with CaptureQueriesContext(connection) as captured:
            assert on(instant) >= number
        costs.append(len(captured))
        NewsWish.objects.all().delete()

    assert costs[0] == costs[1]


# What is told ------------------------------------------------------------------------------------


def told_to(on, **choices) -> str:
    wish_of(account(), **choices)
    on(FIRST_THURSDAY)
    letters = letters_to("ana@example.org")
    return letters[0].text if letters else ""


def test_exchanges_and_festivals_to_come_are_told_and_no_other_event(on):
    soon = TUESDAY + 20 * DAY
    make_event(FestivalPage, title="A feast", starts_at=soon, first_published_at=TUESDAY)
    make_event(
        ExchangePage,
        title="A stay",
        starts_at=soon,
        first_published_at=TUESDAY,
        event_status="cancelled",
    )
    make_event(title="A charrette", starts_at=soon, first_published_at=TUESDAY)

    text = told_to(on)

    assert "A feast" in text
    assert "21 December 2026" in text
    assert "A stay" not in text
    assert "A charrette" not in text


def test_consultations_are_told_when_they_open_and_before_they_close_once_each(on):
    opens = TUESDAY + timedelta(hours=6)
    make_consultation(title="Opens", opens_at=opens, closes_at=TUESDAY + 6 * DAY)
    make_consultation(title="Closes", opens_at=TUESDAY - 20 * DAY, closes_at=TUESDAY + 8 * DAY)
    old = make_consultation(
        title="Goes on", opens_at=TUESDAY - 20 * DAY, closes_at=TUESDAY + 20 * DAY
    )
    type(old).objects.exclude(title="Opens").update(first_published_at=TUESDAY - 20 * DAY)

    text = told_to(on)

    assert "- Opens\n  Open until" in text
    assert "- Closes\n  Closes before our next mail: 9 December 2026" in text
    assert "Goes on" not in text


def test_answers_and_promises_are_told_as_they_stand_now_and_what_was_known_is_not(on):
    closed = make_consultation(title="Quay", closes_at=TUESDAY - DAY)
    AnswerSheet.objects.create(consultation=closed, published_at=TUESDAY)
    promise, known = make_commitment(title="A ramp"), make_commitment(title="An old promise")
    type(promise.roadmap).objects.update(first_published_at=TUESDAY - 90 * DAY)
    step = {"due_on": promise.due_on, "status": "agreed", "noticed_at": TUESDAY - DAY}
    PromiseStep.objects.create(commitment=promise, listed_at=TUESDAY, **step)
    step["status"], step["was_status"], step["was_due_on"] = "suspended", "agreed", promise.due_on
    PromiseStep.objects.create(commitment=promise, listed_at=TUESDAY, **step)
    told = {**step, "noticed_at": TUESDAY}
    PromiseStep.objects.create(commitment=known, listed_at=TUESDAY, **told)

    text = told_to(on)

    assert "- Quay\n  Every city has signed the answers." in text
    assert "A ramp" in text
    assert "Suspended. Before: Planned." in text
    assert "An old promise" not in text


def test_answers_that_were_signed_before_the_close_are_told_after_it(on):
    soon = make_consultation(title="Quay", closes_at=FIRST_THURSDAY + DAY)
    AnswerSheet.objects.create(consultation=soon, published_at=TUESDAY)
    signed = "Every city has signed the answers."

    assert signed not in told_to(on)

    on(SECOND_THURSDAY)

    assert signed in letters_to("ana@example.org")[-1].text


@pytest.mark.parametrize("live", [True, False])
def test_nothing_is_told_of_what_not_every_reader_may_open(on, live):
    opens = TUESDAY + timedelta(hours=6)
    promise = make_commitment(title="A ramp")
    closed = make_consultation(title="Quay", closes_at=TUESDAY - DAY)
    AnswerSheet.objects.create(consultation=closed, published_at=TUESDAY)
    step = {"due_on": promise.due_on, "status": "agreed", "noticed_at": TUESDAY - DAY}
    PromiseStep.objects.create(commitment=promise, listed_at=TUESDAY, **step)
    pages = [
        make_consultation(title="Opens", opens_at=opens, closes_at=TUESDAY + 6 * DAY),
        make_event(FestivalPage, starts_at=TUESDAY + 20 * DAY, first_published_at=TUESDAY),
        story(),
        closed,
        promise.roadmap,
    ]
    for page in pages:
        page.view_restrictions.create(restriction_type="login")
    if not live:
        BasePage.objects.filter(pk__in=[page.pk for page in pages]).update(live=False)
        PageViewRestriction.objects.all().delete()

    assert told_to(on) == ""


def test_a_new_roadmap_is_told_once_readers_may_open_it(on):
    roadmap = make_commitment(title="A ramp").roadmap
    type(roadmap).objects.update(first_published_at=TUESDAY, live=False)

    assert told_to(on) == ""


def test_only_what_was_chosen_is_told_and_only_of_the_city(on):
    london, madrid = city_pair()
    story("Of both")
    story("Of London").cities.set([london])
    theirs = story("Of Madrid")
    theirs.cities = [madrid]
    theirs.save()
    make_event(
        FestivalPage, title="A feast", starts_at=TUESDAY + 20 * DAY, first_published_at=TUESDAY
    )

    text = told_to(on, city=london, topics=written([Topic.STORIES]))

    assert "Of both" in text
    assert [title for title in ("Of Madrid", "Taken down", "A feast") if title in text] == []


def test_a_stop_drops_what_has_not_left_and_a_season_later_who_got_it_is_forgotten(on, mailoutbox):
    person = account()
    wish_of(person)
    story()
    on(FIRST_THURSDAY)

    stop(person)
    deliver_due()

    assert mailoutbox == []
    assert letters_to("ana@example.org")[0].text == ""
