"""Whoever is signed in sees in the lists what is theirs; everybody else sees the same page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from consultations.enums import QuestionType
from consultations.services import answer, vote
from partnership.people.models import Participant
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_question,
)
from tests.factories.events import at, make_event, make_past_event
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db

MAY = "/en/events/?when=month&month=2099-05"


@pytest.fixture
def reader(client):
    resident = ResidentFactory()
    client.force_login(resident)
    return Participant.objects.of(resident)


def text_of(page) -> str:
    return " ".join(strip_tags(page.content.decode()).split())


# Consultations ---------------------------------------------------------------------------------


def test_the_list_tells_what_one_has_done_in_each_consultation(client, reader):
    consultation, other = make_consultation(title="Safe routes"), make_consultation(title="Quay")
    for _number in range(2):
        vote(StatementFactory(consultation=consultation), participant=reader, choice="agree")
    question = make_question(consultation, QuestionType.NUMBER)
    answer(
        consultation,
        participant=reader,
        answers={question.identifier: "4"},
        language_code="en",
        form_token=None,
    )
    ContributionFactory(consultation=consultation, participant=reader)
    ContributionFactory(
        consultation=consultation, participant=reader, publication_status="withdrawn"
    )
    ContributionFactory(consultation=other)

    page = text_of(client.get(consultation.get_parent().url))

    assert page.count("Your part:") == 1
    assert "Your part: 2 votes · questions answered · 1 comment" in page


def test_what_is_over_still_tells_it(client, reader):
    consultation = make_consultation()
    vote(StatementFactory(consultation=consultation), participant=reader, choice="agree")
    type(consultation).objects.update(closes_at=consultation.opens_at + timedelta(minutes=1))

    assert "Your part: 1 vote" in text_of(client.get(consultation.get_parent().url))


# Events ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "You have a place"),
        ({"party_size": 3}, "You have 3 places"),
        ({"status": "waiting"}, "You are on the waiting list"),
    ],
)
def test_the_list_tells_what_one_has_at_an_event(client, reader, fields, words):
    event = make_event(capacity=20)
    make_event(title="Another one")
    RegistrationFactory(event=event, participant=reader, **fields)

    page = text_of(client.get("/en/events/"))

    assert page.count(words) == 1


def test_of_what_is_over_or_called_off_it_tells_that_there_was_a_place(client, reader):
    RegistrationFactory(event=make_past_event(title="Over"), participant=reader)
    called_off = make_event(title="Off", event_status="cancelled")
    RegistrationFactory(event=called_off, participant=reader, party_size=2)

    page = text_of(client.get("/en/events/"))

    assert "You had a place" in page
    assert "You had 2 places" in page
    assert "You have" not in page


def test_a_month_tells_it_too_beside_days_and_above_them(client, reader):
    on_a_day = make_event(title="Lanterns", starts_at=at(2099, 5, 15, 18), capacity=9)
    long = make_event(title="Tides", starts_at=at(2099, 4, 20), ends_at=at(2099, 6, 20))
    make_event(title="Another one", starts_at=at(2099, 5, 15, 18))
    RegistrationFactory(event=on_a_day, participant=reader, party_size=3)
    RegistrationFactory(event=long, participant=reader, status="waiting")

    page = text_of(client.get(MAY))

    assert page.count("Lanterns You have 3 places") == 2  # in the table and in the list
    assert page.count("Tides You are on the waiting list") == 1
    assert page.count("You have") == 2


def test_a_month_tells_everybody_how_many_places_are_left_and_guests_where_theirs_is(client):
    event = make_event(title="Lanterns", starts_at=at(2099, 5, 15, 18), capacity=9)
    RegistrationFactory(event=event, party_size=3)
    make_event(title="Open air", starts_at=at(2099, 5, 16, 18))

    answer = client.get(MAY)

    page = text_of(answer)
    assert page.count("Lanterns 6 places left") == 2  # in the table and in the list
    assert page.count("places left") == 2
    assert "Took a place without an account?" in page
    assert 'href="/en/guest/my-data/"' in answer.content.decode()


# What it costs ---------------------------------------------------------------------------------


def test_it_costs_the_same_for_any_number(client, reader, django_assert_max_num_queries):
    many = 5
    for number in range(many):
        consultation = make_consultation(title=f"Consultation {number}")
        vote(StatementFactory(consultation=consultation), participant=reader, choice="agree")
        RegistrationFactory(event=make_event(title=f"Event {number}"), participant=reader)
    listed = consultation.get_parent().url
    for address in (listed, "/en/events/"):
        client.get(f"{address}?other")
        with django_assert_max_num_queries(20):
            client.get(address)


def test_without_an_account_the_pages_are_the_same_and_can_be_kept(client):
    person = Participant.objects.of(ResidentFactory())
    consultation = make_consultation()
    vote(StatementFactory(consultation=consultation), participant=person, choice="agree")
    RegistrationFactory(event=make_event(), participant=person)

    for address in (consultation.get_parent().url, "/en/events/"):
        first, again = client.get(address), client.get(address)
        assert first.content == again.content
        assert first.headers["ETag"] == again.headers["ETag"]
        assert "Your part" not in text_of(first)
        assert "You have a place" not in text_of(first)


def test_a_month_costs_one_query_more_and_only_with_an_account(client, django_assert_num_queries):
    resident = ResidentFactory()
    for number in range(5):
        event = make_event(title=f"Event {number}", starts_at=at(2099, 5, 1 + number))
        RegistrationFactory(event=event, participant=Participant.objects.of(resident))
    client.get("/en/events/?other")

    with django_assert_num_queries(8):
        anonymous = client.get(MAY)
    client.force_login(resident)
    client.get("/en/events/?other")
    with CaptureQueriesContext(connection) as asked:
        own = client.get(MAY)

    assert "You have a place" not in text_of(anonymous)
    assert anonymous.headers["ETag"]
    assert text_of(own).count("You have a place") == 2 * 5
    own_rows = 'SELECT "registrations_registration"'  # how many are taken comes with the events
    assert len([one for one in asked if one["sql"].startswith(own_rows)]) == 1
    assert len(asked) <= 20
