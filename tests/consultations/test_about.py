"""What stands beside a consultation: until when, what became of it."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from consultations import outcomes
from consultations.services import vote
from partnership.people.models import Participant
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    in_every_language,
    make_consultation,
    make_question,
)
from tests.factories.events import at
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def test_what_became_of_a_statement_is_shown_beside_it(client, monkeypatch):
    consultation = make_consultation(
        closes_in=timedelta(days=-1),
        stored_state="answered",
        **in_every_language("outcome", "<p>The street is closed at drop-off.</p>"),
    )
    statement = StatementFactory(consultation=consultation)
    found = outcomes.Outcome(
        anchor=statement.anchor,
        title="Roadmap 2027, item 3",
        url="/en/roadmap/2027/#item-3",
        disposition="adopted",
        disposition_label="Adopted",
        status="in_progress",
        status_label="Under way",
    )
    monkeypatch.setattr(outcomes, "_finders", [lambda _consultation, _cities: [found]])

    text = text_of(client.get(consultation.url))

    assert "The street is closed at drop-off." in text
    assert "Roadmap 2027, item 3: Adopted" in text
    assert "Under way Roadmap 2027, item 3" in text  # with the colour and the sign of its state


def test_each_city_sees_the_closing_instant_on_its_own_clock(client):
    consultation = make_consultation()
    type(consultation).objects.filter(pk=consultation.pk).update(
        opens_at=at(2026, 1, 1), closes_at=at(2099, 5, 30, 22, 59)
    )

    text = text_of(client.get(consultation.url))

    _alder, puerto = city_pair()
    assert "30 May 2099" in text
    assert "31 May 2099" in text
    assert puerto.name in text


def test_a_closing_day_is_named_once_with_the_hour_of_each_city(client):
    consultation = make_consultation()
    type(consultation).objects.filter(pk=consultation.pk).update(
        opens_at=at(2026, 1, 1), closes_at=at(2099, 5, 30, 12)
    )

    text = text_of(client.get(consultation.url_in("es")))

    closing = "Se cierra el 30 de mayo de 2099, 13:00 Alder Bay, 14:00 Puerto Almendro"
    assert closing in text


def test_an_answered_consultation_promises_no_answer_and_names_its_promises_once(
    client, monkeypatch
):
    found = outcomes.Outcome(
        anchor="",
        title="Roadmap 2027, item 3",
        url="/en/roadmap/2027/#item-3",
        disposition="adopted",
        disposition_label="Adopted",
        status="in_progress",
        status_label="Under way",
    )
    monkeypatch.setattr(outcomes, "_finders", [lambda _consultation, _cities: [found]])
    consultation = make_consultation(
        closes_in=timedelta(days=-1),
        hear_back_on=timezone.localdate(),
        **in_every_language("outcome", "<p>Closed at drop-off.</p>"),
    )
    closed = text_of(client.get(consultation.url))

    consultation.stored_state = "answered"
    consultation.save()
    cache.clear()
    answered = text_of(client.get(consultation.url))

    assert "You hear what became of it by" in closed
    assert "You hear what became of it by" not in answered
    assert (closed.count("Roadmap 2027, item 3"), answered.count("Roadmap 2027, item 3")) == (1, 1)


def test_a_promised_day_that_is_over_is_no_promise_any_more(client):
    past = timezone.now().date() - timedelta(days=2)
    consultation = make_consultation(closes_in=timedelta(days=-9), hear_back_on=past)

    text = text_of(client.get(consultation.url))

    assert "The answer was promised by" in text
    assert "and is late" in text
    assert "You hear what became of it by" not in text


def test_the_page_changes_by_itself_when_the_promised_day_is_over():
    consultation = make_consultation(hear_back_on=timezone.localdate())

    midnight = consultation.late_from

    assert midnight in consultation.turning_points
    assert consultation.phase_list[0].ends_at in consultation.turning_points
    assert (midnight.hour, midnight.date()) == (0, timezone.localdate() + timedelta(days=1))


def promised_pages(consultation):
    statement = StatementFactory(consultation=consultation)
    thread = ContributionFactory(consultation=consultation)
    slug = consultation.slug_in("en")
    return (
        consultation.url,
        consultation.answer_url,
        consultation.comment_url,
        consultation.propose_url,
        f"{consultation.vote_url}?statement={statement.number}",
        reverse("consultation_statement", args=(slug, statement.number)),
        reverse("consultation_thread", args=(slug, thread.pk)),
        reverse("consultation_report", args=(slug, thread.pk)),
        reverse("consultation_support", args=(slug, thread.pk)),
    )


def pages_to_read(consultation):
    """Those of them on which nobody fills in a form; only they lead away, to promises."""
    slug = consultation.slug_in("en")
    thread = consultation.contributions.get()
    return (
        consultation.url,
        reverse("consultation_statement", args=(slug, 1)),
        reverse("consultation_thread", args=(slug, thread.pk)),
    )


def test_every_page_says_who_reads_it_when_one_hears_back_and_what_comes_from_it(
    client, monkeypatch
):
    found = outcomes.Outcome(
        anchor="",
        title="Roadmap 2027, item 3",
        url="/en/roadmap/2027/#item-3",
        disposition="adopted",
        disposition_label="Adopted",
        status="in_progress",
        status_label="Under way",
    )
    monkeypatch.setattr(outcomes, "_finders", [lambda _consultation, _cities: [found]])
    consultation = make_consultation(
        hear_back_on=timezone.localdate() + timedelta(days=30),
        **in_every_language("readers", "Joan Okafor and Marta Vidal"),
    )
    make_question(consultation)
    client.force_login(ResidentFactory())

    for address in promised_pages(consultation):
        text = text_of(client.get(address))
        assert "Read by Joan Okafor and Marta Vidal" in text, address
        assert "You hear what became of it by" in text, address
        is_form = address not in pages_to_read(consultation)
        told = "A promise comes from it: Roadmap 2027, item 3"
        assert text.count(told) == (0 if is_form else 1), address
        assert "Closes on" in text, address


def test_where_moderators_read_afterwards_nobody_is_told_to_wait(client):
    consultation = make_consultation(moderation="after")
    client.force_login(ResidentFactory())

    for address in (consultation.url, consultation.comment_url):
        text = text_of(client.get(address))
        assert "Everybody can read it at once" in text
        assert "Publish my comment" in text
        assert "Send for review" not in text


def test_what_was_adopted_sways_nobody_who_has_not_voted_yet(client, monkeypatch):
    """The list said "Adopted" beside a statement, above words that nobody should be swayed."""
    consultation = make_consultation()
    statement = StatementFactory(consultation=consultation)
    question = make_question(consultation)
    found = [
        outcomes.Outcome(
            anchor=anchor,
            title="Roadmap 2027, item 3",
            url="/en/roadmap/2027/#item-3",
            disposition="adopted",
            disposition_label="Adopted",
            status="in_progress",
            status_label="Under way",
        )
        for anchor in (statement.anchor, question.anchor)
    ]
    monkeypatch.setattr(outcomes, "_finders", [lambda _consultation, _cities: found])
    voter = ResidentFactory()
    vote(statement, participant=Participant.objects.of(voter), choice="agree")

    before = text_of(client.get(consultation.url))
    client.force_login(voter)
    after = text_of(client.get(consultation.url))

    assert "Roadmap 2027, item 3: Adopted" not in before
    assert after.count("Roadmap 2027, item 3: Adopted") == 1  # with the figures of the statement


def test_the_first_eight_statements_stand_open_and_the_others_one_press_away(client):
    consultation = make_consultation()
    StatementFactory.create_batch(10, consultation=consultation)

    page = BeautifulSoup(client.get(consultation.url).content, "html.parser")

    assert len(page.select("ol.ground > li")) == 10
    assert len(page.select("details ol.ground > li")) == 2
    assert page.select_one("details:has(ol.ground) summary").get_text() == "And 2 more statements"
    assert not page.select_one("details:has(ol.ground)").has_attr("open")


def test_whoever_has_voted_finds_their_answers_unfolded(client):
    consultation, voter = make_consultation(), ResidentFactory()
    statements = StatementFactory.create_batch(10, consultation=consultation)
    vote(statements[-1], participant=Participant.objects.of(voter), choice="agree")
    client.force_login(voter)

    page = BeautifulSoup(client.get(consultation.url).content, "html.parser")

    assert page.select_one("details:has(ol.ground)").has_attr("open")


def test_the_questions_are_read_where_they_are_answered_until_there_are_figures(client):
    consultation = make_consultation()
    question = make_question(consultation)

    page = BeautifulSoup(client.get(consultation.url).content, "html.parser")

    panel = page.select_one("section:has(> #answer-title)")
    assert panel.select_one(f"details li#{question.anchor}").get_text() == question.text
    assert "There is 1 question." in panel.get_text(" ", strip=True)
    assert page.select_one("#questions") is None
