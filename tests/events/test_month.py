"""Month by month: the table, the list, what narrows them and what they cost."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from events.enums import EventStatus
from events.filters import Filters, today_on
from events.models import EventPage, FestivalPage
from partnership.cities.models import City
from tests.factories.cities import city_pair
from tests.factories.events import at, make_event, make_event_index, make_past_event
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db

MAY = "/en/events/?when=month&month=2099-05"


def on(page, day):
    """The titles in the cell of a day of the table."""
    cell = re.search(rf'<p class="month-day">{day}</p>(.*?)</td>', page, re.DOTALL)
    return re.findall(r"<b>([^<]+)</b>", cell.group(1))


def test_an_event_stands_on_each_of_its_days_on_its_own_clock(client):
    make_event(title="Lanterns", starts_at=at(2099, 5, 15, 18), ends_at=at(2099, 5, 16, 20))
    make_event(title="Midnight", starts_at=at(2099, 5, 19, 20), ends_at=at(2099, 5, 19, 23))
    late = {"starts_at": at(2099, 5, 20, 22, 30), "ends_at": at(2099, 5, 21, 1)}
    make_event(title="After midnight in Madrid", time_zone="Europe/Madrid", **late)

    page = client.get(MAY).content.decode()

    assert [on(page, day) for day in (14, 15, 16, 17)] == [[], ["Lanterns"], ["Lanterns"], []]
    assert (on(page, 19), on(page, 20)) == (["Midnight"], [])
    assert on(page, 21) == ["After midnight in Madrid"]


def test_the_table_has_headings_and_the_list_the_same_events(client):
    make_event(title="Lanterns", starts_at=at(2099, 5, 15, 18))

    page = client.get(MAY).content.decode()

    assert page.count('<th scope="col">') == 7
    assert "<caption" in page
    assert "<h3>Friday 15 May</h3>" in page
    assert page.count("<b>Lanterns</b>") == 2  # style shows one of them
    assert ">19:00</time> Alder" in page
    assert ">20:00</time> Puerto" in page
    spanish = client.get("/es/eventos/?when=month&month=2099-05").content.decode()
    assert "<h3>Viernes 15 de mayo</h3>" in spanish


def test_what_lasts_long_stands_above_the_days(client):
    weeks = {"starts_at": at(2099, 4, 20), "ends_at": at(2099, 6, 20)}
    make_event(title="Tides and tiles", **weeks)

    page = client.get(MAY).content.decode()

    assert page.count("<b>Tides and tiles</b>") == 1
    assert "20 April" in page


@pytest.mark.parametrize(
    ("starts_at", "zone", "is_in_may"),
    [
        (at(2099, 4, 30, 11), "Pacific/Kiritimati", True),  # May has begun there
        (at(2099, 4, 30, 9), "Pacific/Kiritimati", False),
        (at(2099, 6, 1, 9), "Pacific/Pago_Pago", True),  # and is not over yet there
        (at(2099, 6, 1, 12), "Pacific/Pago_Pago", False),
        (at(2099, 4, 30, 20), "Europe/Madrid", False),
        (at(2099, 4, 30, 22), "Europe/Madrid", True),
        (at(2099, 6, 1, 5), "America/Denver", True),
        (at(2099, 6, 1, 7), "America/Denver", False),
    ],
)
def test_a_month_begins_and_ends_by_the_clock_of_each_event(client, starts_at, zone, is_in_may):
    is_before = starts_at < at(2099, 5, 1)
    for title, lasts in (("Short", timedelta(minutes=30)), ("Long", timedelta(days=8))):
        begins = starts_at + timedelta(minutes=30) - lasts if is_before else starts_at
        make_event(title=title, starts_at=begins, ends_at=begins + lasts, time_zone=zone)

    page = client.get(MAY).content.decode()

    assert (">Short<" in page, ">Long<" in page) == (is_in_may, is_in_may)


def test_seven_days_are_not_long_and_one_moment_more_is(client):
    week = timedelta(days=7)
    for title, lasts in (("Week", week), ("Longer", week + timedelta(minutes=1))):
        make_event(title=title, starts_at=at(2099, 5, 4, 9), ends_at=at(2099, 5, 4, 9) + lasts)

    page = client.get(MAY).content.decode()

    assert on(page, 11) == ["Week"]
    assert page.count("<b>Longer</b>") == 1


def test_days_of_the_months_beside_it_are_empty(client):
    """May 2099 begins on a Friday; the table begins on Monday, the 27th of April."""
    make_event(title="Before", starts_at=at(2099, 4, 29, 9), ends_at=at(2099, 5, 2, 9))
    make_event(title="April", starts_at=at(2099, 4, 28, 9))

    page = client.get(MAY).content.decode()

    assert "April</b>" not in page
    assert page.count("<b>Before</b>") == 2 * 2  # in the table and in the list
    assert "30 April" not in page


def test_today_is_marked_in_its_month_only(client):
    make_event(starts_at=timezone.now())
    make_event(starts_at=at(2099, 5, 15))
    today = timezone.localdate()

    page = client.get("/en/events/?when=month").content.decode()
    other = client.get(MAY).content.decode()

    marked = r'<td aria-current="date">\s*<p class="month-day">(\d+)</p>'
    assert re.findall(marked, page) == [str(today.day)]
    assert re.findall(marked, other) == []


def test_months_without_events_are_linked_as_far_as_today(client, monkeypatch):
    make_event_index()
    today = timezone.localdate()
    after = (today.replace(day=1) + timedelta(days=31)).strftime("%Y-%m")

    here = client.get("/en/events/?when=month").content.decode()
    there = client.get(f"/en/events/?when=month&month={after}").content.decode()

    assert 'rel="prev"' not in here or today.day > 1
    assert 'rel="next"' not in here
    assert re.findall(r'month=([0-9-]+)" rel="prev"', there) == [f"{today:%Y-%m}"]


def test_months_are_linked_as_far_as_there_are_events(client):
    make_event(starts_at=at(2099, 5, 15))

    page = client.get(MAY).content.decode()

    assert 'href="/en/events/?when=month&amp;month=2099-04" rel="prev"' in page
    assert 'rel="next"' not in page


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "zone", "leads_to"),
    [
        (at(2099, 5, 31, 22, 30), at(2099, 5, 31, 23, 30), "Europe/Madrid", "2099-06"),
        (at(2099, 6, 1, 2), at(2099, 6, 1, 4), "America/Denver", None),
        (at(2099, 5, 31, 20), at(2099, 5, 31, 22), "Europe/Madrid", None),
        (at(2099, 5, 31, 20), at(2099, 5, 31, 22, 1), "Europe/Madrid", "2099-06"),
    ],
)
def test_the_next_month_is_that_of_the_event_s_own_clock(
    client, starts_at, ends_at, zone, leads_to
):
    make_event(starts_at=starts_at, ends_at=ends_at, time_zone=zone)

    page = client.get(MAY).content.decode()

    assert re.findall(r'month=([0-9-]+)" rel="next"', page) == ([leads_to] if leads_to else [])


@pytest.mark.parametrize(
    ("starts_at", "zone", "leads_to"),
    [
        (at(2019, 6, 1, 2), "America/Denver", ["2019-05"]),
        (at(2019, 5, 31, 22, 30), "Europe/Madrid", []),
    ],
)
def test_the_month_before_is_that_of_the_event_s_own_clock(client, starts_at, zone, leads_to):
    make_event(starts_at=starts_at, time_zone=zone)

    page = client.get("/en/events/?when=month&month=2019-06").content.decode()

    assert re.findall(r'month=([0-9-]+)" rel="prev"', page) == leads_to


@pytest.mark.parametrize("month", ["2099-13", "1999-05", "x", "%00", "2099-5", ""])
def test_a_month_that_is_none_is_this_one(client, month):
    make_event_index()

    page = client.get(f"/en/events/?when=month&month={month}").content.decode()

    assert f"{timezone.localdate():%B %Y}</h2>" in page


@pytest.mark.parametrize("many", [1, 3, pytest.param(200, marks=pytest.mark.bench)])
def test_a_month_costs_the_same_for_any_number(client, django_assert_num_queries, many):
    make_event_index()
    for number in range(many):
        make_event(title=f"Event {number}", starts_at=at(2099, 5, 1 + number % 28))
    client.get("/en/events/?other")  # Wagtail keeps the addresses of its sites

    with django_assert_num_queries(8):
        response = client.get(MAY)

    assert response.content.decode().count("<b>Event") == 2 * many


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("language=es", ["Everywhere", "Spanish"]),
        ("language=en", ["Everywhere"]),
        ("since=2099-05-20", ["Everywhere"]),
        ("since=2099-02-30", ["Everywhere", "Spanish"]),
        ("since=never&language=xx&free=2", ["Everywhere", "Spanish"]),
    ],
)
def test_a_language_and_a_day_narrow_the_list(client, query, found):
    make_event(title="Spanish", languages=",es,", starts_at=at(2099, 5, 15))
    make_event(title="Everywhere", starts_at=at(2099, 5, 21))

    page = client.get(f"/en/events/?{query}").content.decode()

    assert sorted(set(re.findall(r'card-title"><a [^>]+>([^<]+)<', page))) == found


def test_free_places_are_asked_of_what_can_still_be_joined():
    make_event(title="Room", capacity=2)
    make_event(title="No sign-up", takes_sign_up=False)
    RegistrationFactory(event=make_event(title="Full", capacity=1))
    make_event(title="Cancelled", event_status=EventStatus.CANCELLED)
    make_event(title="Closed", sign_up_closes_at=at(2020, 1, 1))
    make_past_event(title="Over")

    found = Filters(free="1").narrow(EventPage.objects.public_events())

    assert sorted(event.title for event in found) == ["No sign-up", "Room"]


@pytest.mark.parametrize(
    ("query", "says", "leads"),
    [
        ("", "Nothing is planned right now", "/en/events/?when=past"),
        ("?kind=drill", "Nothing matches all of this", "/en/events/"),
        ("?when=past", "Nothing has been yet", "/en/events/"),
        ("?when=month&month=2099-05&kind=drill", "Nothing in this month", "/en/events/?when=month"),
    ],
)
def test_an_empty_list_says_what_to_try(client, query, says, leads):
    make_event_index()

    page = client.get(f"/en/events/{query}").content.decode()

    assert says in page
    assert leads in page[page.index(says) :]


def test_the_archive_has_pages(client):
    for number in range(13):
        make_past_event(title=f"Past {number}")

    page = client.get("/en/events/?when=past&page=2").content.decode()

    assert page.count("card-title") == 1
    assert "Page 2 of 2" in page


def test_the_list_leads_to_calendars_of_what_was_chosen(client):
    city_pair()
    make_event(
        FestivalPage, starts_at=at(2099, 5, 15), ends_at=at(2099, 5, 15) + timedelta(hours=1)
    )

    page = client.get("/es/eventos/?kind=festival&city=puerto&free=1").content.decode()

    assert "webcal://" in page
    assert 'href="/es/eventos/calendario.ics?kind=festival&amp;city=puerto"' in page
    assert 'href="/es/eventos/canal.atom?kind=festival&amp;city=puerto"' in page


def test_today_is_the_day_it_is_in_the_first_city(client):
    """Of the clocks furthest apart there is always one on which it is another day than in UTC."""
    far = ("Pacific/Kiritimati", "Pacific/Pago_Pago")
    zone = next(each for each in far if today_on(each) != today_on("UTC"))
    city_pair()
    City.objects.update(time_zone=zone)
    days = timedelta(days=2)
    make_event(starts_at=timezone.now() - days, ends_at=timezone.now() + days)

    page = client.get("/en/events/?when=month").content.decode()

    (today,) = re.findall(r'<td aria-current="date">\s*<p class="month-day">(\d+)</p>', page)
    assert int(today) == today_on(zone).day
    assert Filters().first_of_month(zone) == today_on(zone).replace(day=1)
