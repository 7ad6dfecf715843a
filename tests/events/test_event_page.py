"""The page of an event: what it says, in both languages, and what it costs."""

import json
import re
from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from events.enums import EventStatus, SignUpState
from events.models import (
    CharrettePage,
    DrillPage,
    EventPage,
    ExchangePage,
    ExhibitionPage,
    FestivalPage,
    PlanningSessionPage,
)
from tests.factories.ambassadors import make_ambassador
from tests.factories.cities import city_pair
from tests.factories.events import (
    add_programme_item,
    add_provision,
    add_venue,
    at,
    make_event,
    make_event_index,
)
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db


def text_of(response):
    without_tags = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", without_tags)


def may_15_charrette(**fields):
    """10:00 to 14:00 in London, 11:00 to 15:00 in Madrid."""
    titles = {
        "title_en": "Redrawing the school street",
        "title_es": "Rediseñar la calle de la escuela",
    }
    hours = {"starts_at": at(2099, 5, 15, 9), "ends_at": at(2099, 5, 15, 13)}
    return make_event(**titles, **{**hours, **fields})


@pytest.mark.parametrize(
    ("page_class", "kind"),
    [
        (ExchangePage, "exchange"),
        (FestivalPage, "festival"),
        (CharrettePage, "charrette"),
        (ExhibitionPage, "exhibition"),
        (PlanningSessionPage, "planning_session"),
        (DrillPage, "drill"),
    ],
)
def test_the_kind_is_a_column_that_lists_read(page_class, kind):
    event = make_event(page_class)

    row = EventPage.objects.get(pk=event.pk)

    assert (row.kind, row.cover_kind, row.kind_label) == (kind, kind, event.kind_label)


def test_saving_the_plain_row_keeps_the_kind():
    event = make_event(FestivalPage)

    row = EventPage.objects.get(pk=event.pk)
    row.save()

    assert EventPage.objects.get(pk=event.pk).kind == "festival"


def test_only_the_kinds_can_be_made_and_only_under_the_list():
    kinds = (ExchangePage, FestivalPage, CharrettePage)
    more = (ExhibitionPage, PlanningSessionPage, DrillPage)

    assert not EventPage.can_create_at(make_event_index())
    assert all(kind.can_create_at(make_event_index()) for kind in (*kinds, *more))


def test_each_language_has_its_own_address(client):
    event = may_15_charrette()

    assert event.url_in("en") == "/en/events/redrawing-the-school-street/"
    assert event.url_in("es") == "/es/eventos/redisenar-la-calle-de-la-escuela/"
    assert client.get(event.url_in("en")).status_code == 200
    assert client.get(event.url_in("es")).status_code == 200


def test_both_clocks_and_the_venue_of_each_city_are_told(client):
    event = may_15_charrette()
    alder, puerto = city_pair()
    add_venue(event, alder, "Old Rope Works")
    add_venue(event, puerto, "Covered market")
    add_programme_item(event, "Walk the street together", starts_at=at(2099, 5, 15, 9, 45))

    text = text_of(client.get(event.url_in("en")))

    assert "Alder Bay 10:00 – 14:00 Old Rope Works" in text.replace("–", " – ").replace("  ", " ")
    assert "Puerto Almendro 11:00 – 15:00 Covered market" in text.replace("–", " – ").replace(
        "  ", " "
    )
    assert "10:45 11:45 Puerto Almendro Walk the street together" in text


def test_a_programme_of_two_days_names_the_days(client):
    event = may_15_charrette(ends_at=at(2099, 5, 16, 13))
    add_programme_item(event, "First day", starts_at=at(2099, 5, 15, 9))
    add_programme_item(event, "Second day", starts_at=at(2099, 5, 16, 9))

    text = text_of(client.get(event.url_in("en")))

    assert text.index("Friday 15 May") < text.index("First day") < text.index("Saturday 16 May")


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, many):
    event = may_15_charrette(capacity=80)
    for number in range(many):
        for city in city_pair():
            add_venue(event, city, f"Hall {number}")
        add_programme_item(event, f"Point {number}")
        add_provision(event, f"Help {number}")
        RegistrationFactory(event=event)
    client.get(event.url_in("en") + "?other")  # Wagtail keeps the addresses of its sites

    with django_assert_num_queries(10):
        response = client.get(event.url_in("en"))

    text = text_of(response)
    assert all(f"Hall {n}" in text and f"Point {n}" in text for n in range(many))
    assert f"{many} of 80 places taken" in text


@pytest.mark.parametrize(
    ("fields", "taken", "state"),
    [
        ({}, 0, SignUpState.OPEN),
        ({"capacity": 2}, 1, SignUpState.OPEN),
        ({"capacity": 2}, 2, SignUpState.FULL),
        ({"capacity": 2}, 3, SignUpState.FULL),
        ({"takes_sign_up": False}, 0, SignUpState.NOT_NEEDED),
        ({"event_status": EventStatus.CANCELLED}, 0, SignUpState.CANCELLED),
        ({"event_status": EventStatus.POSTPONED}, 0, SignUpState.POSTPONED),
        ({"event_status": EventStatus.MOVED_ONLINE}, 0, SignUpState.OPEN),
        ({"starts_at": at(2020, 1, 1), "ends_at": at(2020, 1, 2)}, 0, SignUpState.OVER),
        ({"starts_at": at(2020, 1, 1), "ends_at": at(2099, 1, 2)}, 0, SignUpState.CLOSED),
        ({"sign_up_closes_at": at(2020, 1, 1)}, 0, SignUpState.CLOSED),
        ({"sign_up_opens_at": at(2099, 1, 1)}, 0, SignUpState.NOT_YET),
        ({"sign_up_opens_at": at(2020, 1, 1)}, 0, SignUpState.OPEN),
    ],
)
def test_the_state_of_the_sign_up_follows_the_clock(fields, taken, state):
    now = timezone.now()
    hours = {"starts_at": now + timedelta(days=1), "ends_at": now + timedelta(days=2)}

    assert EventPage(**{**hours, **fields}).sign_up_state(taken) == state


def test_a_cancelled_event_says_so_and_why(client):
    event = may_15_charrette(event_status="cancelled", status_reason_en="Storm warning")

    text = text_of(client.get(event.url_in("en")))

    assert "Cancelled" in text
    assert "Storm warning" in text
    assert "no places are given any more" in text


def test_search_engines_get_the_event_and_nothing_can_break_out_of_it(client):
    event = may_15_charrette(summary_en='</script><script>alert("x")</script> & more')
    add_venue(event, city_pair()[0], "Old Rope Works", address_en="12 Quay Street")

    page = client.get(event.url_in("en")).content.decode()

    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1)
    data = json.loads(block)
    assert data["@type"] == "Event"
    assert data["description"] == '</script><script>alert("x")</script> & more'
    assert data["startDate"] == "2099-05-15T10:00:00+01:00"
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["location"] == [
        {"@type": "Place", "name": "Old Rope Works", "address": "12 Quay Street"}
    ]


def test_a_page_without_a_session_carries_no_token_and_sets_no_cookie(client):
    event = may_15_charrette()

    response = client.get(event.url_in("en"))

    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert "form_token" not in response.content.decode()
    assert not response.cookies
    assert 'method="get" action="/en/events/redrawing-the-school-street/sign-up/"' in (
        response.content.decode()
    )


def test_a_new_date_names_the_old_one_and_search_engines_hear_of_both(client):
    event = may_15_charrette(
        event_status="rescheduled",
        status_reason_es="Temporal",
        status_reason_en="Storm",
        planned_for=at(2099, 5, 1, 9),
    )

    page = client.get(event.url_in("es"))

    assert "Nueva fecha Temporal Estaba previsto para: 1 de mayo de 2099 a las 10:00" in text_of(
        page
    )
    assert '"previousStartDate": "2099-05-01T10:00:00+01:00"' in page.content.decode()


def test_what_moved_online_is_nowhere_else(client):
    event = may_15_charrette(event_status="moved_online", online_url="https://meet.example/x")
    add_venue(event, city_pair()[0])

    page = client.get(event.url_in("en")).content.decode()

    assert '"location": [{"@type": "VirtualLocation", "url": "https://meet.example/x"}]' in page
    assert "OnlineEventAttendanceMode" in page
    assert '<a href="https://meet.example/x">Join online</a>' in page


@pytest.mark.parametrize(
    ("fields", "offered"),
    [
        ({"capacity": 3}, "InStock"),
        ({"capacity": 1}, "SoldOut"),
        ({"sign_up_opens_at": at(2099, 1, 1)}, "PreOrder"),
        ({"sign_up_closes_at": at(2020, 1, 1)}, "OutOfStock"),
        ({"event_status": "cancelled"}, None),
        ({"takes_sign_up": False}, None),
    ],
)
def test_search_engines_hear_whether_a_place_can_be_had(client, fields, offered):
    event = may_15_charrette(**fields)
    RegistrationFactory(event=event)

    page = client.get(event.url_in("en")).content.decode()

    found = re.search(r'"availability": "https://schema.org/(\w+)"', page)
    assert (found and found.group(1)) == offered


def test_a_point_of_the_programme_has_its_place_and_language(client):
    event = may_15_charrette(time_zone="Europe/Madrid")
    _alder, puerto = city_pair()
    place = {"place_en": "Room 2", "place_es": "Sala 2", "starts_at": at(2099, 5, 15, 9, 45)}
    add_programme_item(event, "Night workers", city=puerto, language_code="es", **place)

    text = text_of(client.get(event.url_in("en")))

    assert "Puerto Almendro, Room 2 in Spanish" in text
    assert "11:45 10:45 Alder Bay Night workers" in text  # the clock of the host comes first


def test_an_exhibition_tells_the_days_of_each_venue(client):
    event = may_15_charrette()
    days = {"opens_on": date(2099, 5, 1), "closes_on": date(2099, 6, 1), "weekdays": ",2,7,"}
    add_venue(event, city_pair()[0], "Museum", opens_at=time(10), closes_at=time(17, 30), **days)

    text = text_of(client.get(event.url_in("en")))

    assert "1 May – 1 June Tuesday and Sunday, 10:00–17:30" in text
    assert "10:00 – 14:00" not in text  # its days tell more than the first and the last hour
    assert "11:00 – 15:00" in text  # the other city has no days of its own


@pytest.mark.parametrize("status", EventStatus)
def test_what_does_not_take_place_leads_to_nobody_elses_calendar(client, status: EventStatus):
    """The file says that it is off; other sites would enter it as if it took place."""
    make_ambassador()
    event = make_event(ExchangePage, event_status=status)
    takes_place = status not in {EventStatus.CANCELLED, EventStatus.POSTPONED}

    page = client.get(event.url).content.decode()

    assert event.calendar_url in page
    assert ("calendar.google.com" in page) == takes_place
    assert ("Ask somebody who was there" in page) == takes_place
