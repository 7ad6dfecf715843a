"""What readers see of what came of an event."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from events.enums import EventStatus
from events.models import DrillPage
from events.reports.presenting import links
from events.reports.services import hand_over_notes
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.boards import make_board
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation
from tests.factories.events import (
    add_programme_item,
    add_provision,
    add_venue,
    in_every_language,
    make_event,
    make_past_event,
)
from tests.factories.reports import add_note, add_picture, make_photo, make_report

pytestmark = pytest.mark.django_db


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def full_report(**fields):
    words = {
        **in_every_language("organisations", "Harbour school\n\nPort guild"),
        "decisions_en": "Close the quay on Sundays\nAsk again in May",
        "decisions_es": "Cerrar el muelle los domingos\nVolver a preguntar en mayo",
        "summary_en": "We drew the quay.",
        "summary_es": "Dibujamos el muelle.",
        **in_every_language("links", "The minutes: https://example.org/minutes"),
    }
    return make_report(make_past_event(title="Quay day"), **{**words, **fields})


def test_a_published_report_is_told_in_the_readers_language(client):
    report = full_report(attendance={"alder": 31, "puerto": 28})
    add_picture(report, photo=make_photo("A table"), **in_every_language("caption", "The table"))

    english = client.get(report.event.url_in("en"))
    spanish = client.get(report.event.url_in("es"))

    assert "We drew the quay." in text_of(english)
    assert "people came 59 from Alder Bay 31 from Puerto Almendro 28" in text_of(english)
    assert "<li>Close the quay on Sundays</li><li>Ask again in May</li>" in (
        english.content.decode()
    )
    assert 'href="https://example.org/minutes"' in english.content.decode()
    assert 'alt="A table"' in english.content.decode()
    assert "Dibujamos el muelle." in text_of(spanish)
    assert "We drew" not in text_of(spanish)


@pytest.mark.parametrize(
    ("attendance", "told"),
    [
        ({"alder": 31, "puerto": 4}, "people came 35 from Alder Bay too few to show – from Puerto"),
        ({"alder": 3}, "Closing report"),
        ({"alder": 9, "elsewhere": 2}, "from somewhere else too few to show –"),
        ({"alder": 9, "puerto": 0}, "people came 9 from Alder Bay 9 from Puerto Almendro 0"),
    ],
)
def test_groups_under_five_are_not_told_nor_what_gives_them_away(client, attendance, told):
    report = full_report(attendance=attendance)

    page = text_of(client.get(report.event.url_in("en")))

    assert told in page
    small = [people for people in attendance.values() if 0 < people < 5]
    assert not any(f" {people} " in page.split("Closing report")[1][:200] for people in small)


def test_before_it_is_published_readers_are_told_when_it_is_expected(client):
    event = make_past_event()
    make_report(event, is_published=False, **in_every_language("summary", "Half a sentence"))

    page = text_of(client.get(event.url_in("en")))

    assert "Who came, what was said and what was decided stands here by" in page
    assert "Half a sentence" not in page
    with translation.override("es"):
        assert "estará aquí como tarde el" in text_of(client.get(event.url_in("es")))


def test_an_event_that_is_over_leads_to_what_came_of_it_and_to_what_is_coming(client):
    past, coming = make_past_event(title="Quay day"), make_event(title="Next")
    stopped = make_past_event(title="Stopped", event_status=EventStatus.CANCELLED)

    pages = [client.get(event.url).content.decode() for event in (past, stopped, coming)]

    assert ['href="#report"' in page for page in pages] == [True, False, False]
    assert ["See what is coming" in page for page in pages] == [True, True, False]
    assert 'id="report"' in pages[0]


def test_a_report_that_is_late_is_said_to_be_late(client):
    event = make_event(starts_at=timezone.now() - timedelta(days=40))

    assert "It is not here yet." in text_of(client.get(event.url_in("en")))


@pytest.mark.parametrize(
    "event",
    [
        lambda: make_event(),
        lambda: make_past_event(event_status=EventStatus.CANCELLED),
        lambda: make_past_event(DrillPage),
    ],
)
def test_nothing_is_expected_of_what_is_to_come_or_never_was(client, event):
    assert "What came of it" not in text_of(client.get(event().url_in("en")))


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_for_one_picture_and_for_three(
    client, django_assert_num_queries, many
):
    report = full_report(attendance={"alder": 31})
    for _number in range(many):
        add_picture(report)
    client.get(report.event.url_in("en") + "?other")  # the renditions are made

    with django_assert_num_queries(11):
        page = client.get(report.event.url_in("en")).content.decode()

    assert page.count("<figure>") == many


def test_a_charrette_that_left_everything_behind_costs_no_more_than_any_page(
    client, django_assert_num_queries
):
    report = full_report(attendance={"alder": 31}, consultation=make_consultation())
    event = report.event
    add_venue(event, city_pair()[0])
    add_programme_item(event)
    add_provision(event)
    for _number in range(2):
        add_picture(report)
        make_board(event)
    hand_over_notes(add_note(report).report)
    add_lesson(make_debrief(event))
    client.get(event.url_in("en") + "?other")  # the pictures are made

    with django_assert_num_queries(13):
        page = text_of(client.get(event.url_in("en")))

    assert "Read the 1 note of this session" in page
    assert "Print the plan larger." in page


def test_only_lines_with_an_address_become_links():
    text = "The minutes: https://example.org/a\njavascript:alert(1)\nhttps://example.org/b"

    assert links(text) == [
        {"label": "The minutes", "url": "https://example.org/a"},
        {"label": "https://example.org/b", "url": "https://example.org/b"},
    ]
