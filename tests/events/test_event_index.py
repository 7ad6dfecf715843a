"""The list of events: what it shows, what can be asked, what it costs."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone, translation
from django.utils.html import strip_tags

from events.models import CharrettePage, EventPage, ExchangePage, FestivalPage
from partnership.cities.models import City
from tests.factories.cities import city_pair
from tests.factories.events import add_venue, make_event, make_event_index, make_past_event
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db


def titles(response):
    return re.findall(r'class="card-title"><a [^>]+>([^<]+)</a>', response.content.decode())


def test_coming_events_stand_before_what_has_been(client):
    make_event(title="Later", starts_at=timezone.now() + timedelta(days=9))
    make_event(title="Sooner", starts_at=timezone.now() + timedelta(days=2))
    make_past_event(title="Last week")

    assert titles(client.get("/en/events/")) == ["Sooner", "Later", "Last week"]


def test_an_event_of_several_days_stays_until_it_ends(client):
    now = timezone.now()
    make_event(title="Going on", starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1))

    assert list(EventPage.objects.upcoming().values_list("title_en", flat=True)) == ["Going on"]
    assert not EventPage.objects.past().exists()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?kind=festival", ["Lanterns"]),
        ("?kind=exchange", ["Year 9"]),
        ("?city=alder", ["Lanterns", "Everywhere", "Shade"]),
        ("?city=puerto", ["Year 9", "Everywhere", "Shade"]),
        ("?kind=exchange&city=alder", []),
        ("?when=past", ["Shade"]),
        ("?kind=opera&city=atlantis&when=never", ["Lanterns", "Year 9", "Everywhere", "Shade"]),
        ("?kind=%00&page=-3", ["Lanterns", "Year 9", "Everywhere", "Shade"]),
    ],
)
def test_plain_links_narrow_the_list(client, query, shown):
    alder, puerto = city_pair()
    soon = timezone.now() + timedelta(days=1)
    add_venue(make_event(FestivalPage, title="Lanterns", starts_at=soon), alder)
    later = soon + timedelta(days=1)
    make_event(ExchangePage, title="Year 9", starts_at=later, cities=[puerto])
    make_event(title="Everywhere", starts_at=later + timedelta(days=1))
    make_past_event(title="Shade")

    assert titles(client.get(f"/en/events/{query}")) == shown


def test_filters_keep_each_other_and_say_which_is_on(client):
    make_event()

    page = client.get("/es/eventos/?kind=charrette&city=puerto").content.decode()

    assert 'href="/es/eventos/?kind=festival&amp;city=puerto"' in page
    assert 'href="/es/eventos/?kind=charrette"' in page
    assert page.count('aria-current="true"') >= 3


def test_what_was_chosen_stays_in_sight_and_each_goes_in_one_tap(client):
    """On a phone eight lines of filters stood before the first event."""
    make_event()

    everything = BeautifulSoup(client.get("/es/eventos/").content, "html.parser")
    asked = "kind=charrette&language=en&since=2026-05-15&free=1"
    chosen = BeautifulSoup(client.get(f"/es/eventos/?{asked}").content, "html.parser")

    fold = everything.select_one(".narrowing > details")
    assert not fold.has_attr("open")
    assert len(fold.select("nav")) == 2  # kinds and cities; when they are stays in sight
    assert everything.select(".narrowing > .chips a") == []
    links = chosen.select(".narrowing > .chips a")
    told = [link.find_all("span", recursive=False)[1].text for link in links]
    assert told[:2] == ["Talleres", "English"]
    assert links[1].select_one("[lang]")["lang"] == "en"
    assert [link["href"] for link in links] == [
        "/es/eventos/?language=en&since=2026-05-15&free=1",
        "/es/eventos/?kind=charrette&since=2026-05-15&free=1",
        "/es/eventos/?kind=charrette&language=en&free=1",
        "/es/eventos/?kind=charrette&language=en&since=2026-05-15",
    ]


def test_menu_links_lead_to_some_kinds_and_to_all(rf):
    index = make_event_index()

    links = index.kind_links(rf.get("/en/events/", {"kind": "charrette"}))

    assert [(link["title"], link["url"], link["current"]) for link in links] == [
        ("Exchanges", "/en/events/?kind=exchange", ""),
        ("Festivals", "/en/events/?kind=festival", ""),
        ("Charrettes", "/en/events/?kind=charrette", "page"),
        ("All events", "/en/events/", ""),
    ]


def test_menu_links_say_the_language_of_their_words(rf):
    index = make_event_index()

    with translation.override("fr"):
        links = index.kind_links(rf.get("/en/events/"))

    assert {link["language"] for link in links} == {"en"}


@pytest.mark.parametrize("address", ["/en/events/", "/en/events/?when=month&month=2099-05"])
def test_a_list_names_the_day_of_a_clock_that_is_on_another_one(client, address):
    alder, puerto = city_pair()
    City.objects.filter(pk=puerto.pk).update(time_zone="Asia/Tbilisi")
    starts_at = datetime(2099, 5, 15, 21, tzinfo=UTC)
    make_event(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), time_zone=alder.time_zone
    )

    page = strip_tags(client.get(address).content.decode())

    assert "Alder Bay, 16 May, 01:00 Puerto Almendro" in page


def test_the_menu_says_which_kind_of_event_is_on_show(client):
    event = make_event(CharrettePage)

    for address in (event.url, event.sign_up_url):
        page = client.get(address).content.decode()
        assert 'href="/en/events/?kind=charrette" aria-current="true"' in page
        assert page.count('aria-current="true"') == 2  # and the language


def test_what_has_been_offers_no_places(client):
    make_past_event(capacity=5)

    page = client.get("/en/events/?when=past").content.decode()

    assert "place left" not in page
    assert "places left" not in page
    assert 'class="card"' in page


def test_drafts_are_not_listed(client):
    make_event(title="Draft", live=False)

    assert titles(client.get("/en/events/")) == []


@pytest.mark.parametrize("many", [1, 3, pytest.param(200, marks=pytest.mark.bench)])
def test_the_list_costs_the_same_for_any_number(client, django_assert_num_queries, many):
    alder, _puerto = city_pair()
    make_event_index()
    for number in range(many):
        event = make_event(CharrettePage, title=f"Event number {number}", capacity=5)
        make_past_event(title=f"Past number {number}")
        add_venue(event, alder, f"Hall {number}")
    RegistrationFactory(event=EventPage.objects.upcoming().first(), party_size=3)
    client.get("/en/events/?other")  # Wagtail keeps the addresses of its sites

    with django_assert_num_queries(10):
        response = client.get("/en/events/")

    assert len(titles(response)) == min(many, 12) + min(many, 3)
    assert "3 of 5 places taken" in response.content.decode()


def test_places_are_counted_right_whatever_the_list_is_narrowed_by():
    alder, puerto = city_pair()
    event = make_event()
    for city in (alder, puerto, puerto):
        add_venue(event, city)
    RegistrationFactory(event=event, party_size=2)
    RegistrationFactory(event=event, party_size=3)
    RegistrationFactory(event=event, status="cancelled", cancelled_at=timezone.now())

    found = EventPage.objects.upcoming().in_city("puerto").with_places_taken().get()

    assert found.places_taken == 5


def test_only_events_with_room_are_found():
    make_event(title="No limit")
    full = make_event(title="Full", capacity=1)
    RegistrationFactory(event=full)

    found = EventPage.objects.upcoming().with_places_left()

    assert [event.title for event in found] == ["No limit"]
