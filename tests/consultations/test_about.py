"""What stands beside a consultation: until when, what became of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from django.utils.html import strip_tags

from consultations import outcomes
from tests.factories.cities import city_pair
from tests.factories.consultations import StatementFactory, in_every_language, make_consultation
from tests.factories.events import at

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
    assert "Roadmap 2027, item 3: Under way" in text


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
