"""Guests who have an account after all: what they typed is there when they have signed in."""

from typing import Any
from urllib.parse import quote

import pytest

from consultations.enums import Participation, QuestionType
from consultations.models import ConsultationPage, Contribution, Report
from consultations.typed import KEPT
from tests.consultations.test_pages import text_of
from tests.factories.consultations import (
    ContributionFactory,
    ResidentOfFactory,
    StatementFactory,
    make_consultation,
    make_question,
)

pytestmark = pytest.mark.django_db
WAY = "I have an account: sign in"


def signed_in_first(client: Any, address: str, **typed: Any) -> tuple[Any, Any]:
    """What the button answers, and the form afterwards."""
    consultation = ConsultationPage.objects.get()
    led = client.post(consultation.sign_in_url, {**typed, "next": address, "name": "Ana"})
    client.force_login(ResidentOfFactory())
    return led, client.get(address)


def test_a_comment_and_what_it_is_about_come_along(client):
    consultation = make_consultation(participation=Participation.OPEN)
    statement = StatementFactory(consultation=consultation)
    address = f"{consultation.comment_url}?statement={statement.number}"
    shown = client.get(address).content.decode()

    led, form = signed_in_first(client, address, text="Half a sent", statement=statement.number)

    assert shown.index("Send for review") < shown.index(f'value="{address}">{WAY}')
    assert shown.count(WAY) == 1
    assert (led.status_code, led.url) == (302, f"/en/account/sign-in/?next={quote(address)}")
    assert "Half a sent</textarea>" in form.content.decode()
    assert f'name="statement" value="{statement.number}"' in form.content.decode()
    assert not Contribution.objects.exists()


def test_answers_come_along(client):
    consultation = make_consultation(participation=Participation.OPEN)
    make_question(consultation, QuestionType.NUMBER, number_min=0, number_max=120)
    shown = text_of(client.get(consultation.answer_url))

    _led, form = signed_in_first(client, consultation.answer_url, q1="a lot")

    assert WAY in shown
    assert 'value="a lot"' in form.content.decode()


def test_a_report_comes_along(client):
    consultation = make_consultation(participation=Participation.OPEN)
    contribution = ContributionFactory(consultation=consultation)
    address = f"{consultation.comment_url}{contribution.pk}/report/"
    shown = text_of(client.get(address))

    _led, form = signed_in_first(client, address, note="Look at the last line.")

    assert WAY in shown
    assert "Look at the last line.</textarea>" in form.content.decode()
    assert not Report.objects.exists()


def test_nothing_is_kept_of_anonymous_answers(client):
    consultation = make_consultation(participation=Participation.OPEN, is_anonymous=True)

    client.post(consultation.sign_in_url, {"q1": "o1", "next": consultation.answer_url})

    assert KEPT not in client.session


@pytest.mark.parametrize("address", ["", "https://elsewhere.example/", "//elsewhere.example/"])
def test_nobody_is_led_elsewhere(client, address):
    consultation = make_consultation(participation=Participation.OPEN)

    led = client.post(consultation.sign_in_url, {"text": "Words", "next": address})

    assert led.url == f"/en/account/sign-in/?next={consultation.url}"
