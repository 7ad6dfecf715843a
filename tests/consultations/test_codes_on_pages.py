"""Typing a code without JavaScript; whatever is typed, here or by staff, is answered."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from consultations import limits
from consultations.codes.forms import CodeForm, NewCodesForm
from consultations.codes.services import USE
from consultations.enums import QuestionType
from consultations.models import (
    Admission,
    ConsultationPage,
    Contribution,
    Response,
    Vote,
)
from consultations.services import ANSWER, VOTE
from partnership.cities.models import City
from partnership.people.models import Resident
from partnership.people.tokens import issue
from tests.consultations.test_codes import made, verified
from tests.consultations.test_making_codes import staff_of
from tests.consultations.test_pages import signed_in, text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import StatementFactory, make_consultation, make_question
from tests.factories.hostile import KINDS, STRINGS, WORST, each_alone, harmless, read_by, send

pytestmark = pytest.mark.django_db


def typed(consultation: ConsultationPage, code: str, **more: Any) -> dict[str, Any]:
    return {"form_token": issue(USE), "code": code, **more}


@pytest.mark.both
def test_somebody_without_e_mail_types_a_code_and_votes_answers_and_comments(client):
    consultation = verified()
    statement = StatementFactory(consultation=consultation)
    make_question(consultation, QuestionType.SINGLE_CHOICE)
    code = made(consultation).codes[0][1]

    first = client.post(
        consultation.vote_url, {"statement": 1, "choice": "agree", "form_token": issue(VOTE)}
    )
    came_in = client.post(
        consultation.code_url, typed(consultation, code, next=first.url.split("next=")[1])
    )
    client.post(
        consultation.vote_url, {"statement": 1, "choice": "agree", "form_token": issue(VOTE)}
    )
    client.post(consultation.answer_url, {"q1": "o1", "form_token": issue(ANSWER)})
    page = text_of(client.get(consultation.url))

    assert first.url.startswith(f"{consultation.code_url}?next=")
    assert came_in.status_code == 302
    assert "You take part for Puerto" in page
    assert Vote.objects.get().statement == statement
    assert Response.objects.get().city == city_pair()[1]
    assert not Resident.objects.filter(is_staff=False, participant__isnull=False).exists()


def test_what_was_written_before_typing_the_code_is_there_again(client):
    consultation = verified()
    code = made(consultation).codes[0][1]

    away = client.post(consultation.comment_url, {"text": "More shade.", "language_code": "en"})
    client.post(consultation.code_url, typed(consultation, code))
    page = client.get(consultation.comment_url).content.decode()

    assert away.url.startswith(consultation.code_url)
    assert "More shade." in page
    assert not Contribution.objects.exists()


def test_a_refused_code_stays_in_its_field_and_says_why_in_the_readers_language(client):
    consultation = verified()

    page = client.post(consultation.code_url, typed(consultation, "K7TM-4XRD-92H6"))
    with translation.override("es"):
        spanish = client.post(consultation.code_url, typed(consultation, "K7TM"))

    assert page.status_code == 422
    assert b'value="K7TM-4XRD-92H6"' in page.content
    assert "We do not know this code." in text_of(page)
    assert "No conocemos este código." in text_of(spanish)


def test_who_has_finished_leaves_the_device_to_the_next_one(client):
    consultation = verified()
    first, second = (code for _number, code in made(consultation).codes)
    client.post(consultation.code_url, typed(consultation, first), follow=True)

    client.post(consultation.code_url, {"finish": "1"})
    before = text_of(client.get(consultation.code_url))
    client.post(consultation.code_url, typed(consultation, second))

    assert "You take part for" not in before
    assert Admission.objects.values("participant").distinct().count() == 2


def test_a_shared_device_forgets_within_the_hour(client, monkeypatch):
    consultation = verified()
    client.post(consultation.code_url, typed(consultation, made(consultation).codes[0][1]))
    later = timezone.now() + timedelta(hours=1, seconds=1)

    monkeypatch.setattr("consultations.taking_part.timezone.now", lambda: later)

    assert "Type my code" in text_of(client.get(consultation.url))


def test_guessing_is_limited_per_address(client, monkeypatch):
    monkeypatch.setattr(
        "consultations.codes.views.CODES",
        limits.Limit("codes.test", per_person=2, per_address=2, seconds=900),
    )
    consultation = verified()

    pages = [
        client.post(consultation.code_url, typed(consultation, "K7TM-4XRD-92H6"))
        for _attempt in range(3)
    ]

    assert "We do not know this code." in text_of(pages[1])
    assert "That was a lot in a short time." in text_of(pages[2])


def test_the_short_address_on_paper_leads_to_where_the_code_is_typed(client):
    consultation = verified()

    found = client.get(f"/en/c/{consultation.pk}/")
    unknown = client.get("/en/c/999999999999999999999/")

    assert (found.status_code, found.url) == (302, consultation.code_url)
    assert unknown.status_code == 404


def test_where_no_code_is_asked_for_there_is_no_such_page(client):
    assert client.get(make_consultation().code_url).status_code == 404


def test_an_account_without_a_code_is_led_to_typing_one():
    consultation = verified()
    client, _participant = signed_in()

    page = client.get(consultation.comment_url)

    assert "Type my code" in text_of(page)
    assert b"<textarea" not in page.content


@pytest.mark.parametrize("statements", [1, 3])
def test_who_came_in_by_a_code_costs_the_same_page_for_any_number_of_statements(
    client, statements, django_assert_num_queries
):
    consultation = verified()
    make_question(consultation, QuestionType.SINGLE_CHOICE)
    for _statement in range(statements):
        StatementFactory(consultation=consultation)
    code = made(consultation).codes[0][1]
    client.post(consultation.code_url, typed(consultation, code), follow=True)

    with django_assert_num_queries(17):
        page = text_of(client.get(consultation.url))

    assert "You take part for Puerto" in page


def test_who_came_in_by_a_code_sees_what_they_gave_in_that_browser_only(client):
    consultation = verified()
    statement = StatementFactory(consultation=consultation)
    code = made(consultation).codes[0][1]
    client.post(consultation.code_url, typed(consultation, code))
    vote = {"statement": statement.number, "choice": "disagree", "form_token": issue(VOTE)}
    client.post(consultation.vote_url, vote)
    address = f"{consultation.code_url}?given=1"

    way, page = text_of(client.get(consultation.code_url)), text_of(client.get(address))
    elsewhere = text_of(Client().get(address))
    client.post(consultation.code_url, {"finish": "1"})
    after = text_of(client.get(address))

    assert "What you gave so far" in way
    assert "Disagree" not in way
    assert "Disagree" in page
    assert "Only this browser can show it" in page
    assert "Disagree" not in elsewhere + after


@pytest.mark.parametrize("asked", ["https://evil.example/", "//evil.example/", "elsewhere"])
def test_a_code_leads_back_to_this_site_only(client, asked):
    consultation = verified()
    code = made(consultation).codes[0][1]

    sent = client.post(consultation.code_url, typed(consultation, code, next=asked))

    assert (sent.status_code, sent.url) == (302, consultation.url)


def test_the_same_form_again_says_so_and_spends_no_second_code(client):
    consultation = verified()
    form = typed(consultation, made(consultation).codes[0][1])
    client.post(consultation.code_url, form)

    again = client.post(consultation.code_url, form, follow=True)

    assert again.redirect_chain == [(consultation.url, 302)]
    assert "We already have this. It was counted once." in text_of(again)


def test_an_account_sees_what_it_gave_among_its_own_pages_and_not_by_a_code():
    consultation = verified()
    statement = StatementFactory(consultation=consultation)
    client, _person = signed_in()
    client.post(consultation.code_url, typed(consultation, made(consultation).codes[0][1]))
    vote = {"statement": statement.number, "choice": "disagree", "form_token": issue(VOTE)}
    client.post(consultation.vote_url, vote)

    page = text_of(client.get(f"{consultation.code_url}?given=1"))

    assert "You take part for Puerto" in page
    assert "Disagree" not in page
    assert Vote.objects.count() == 1


def test_who_used_a_code_gets_a_session_of_another_name(client):
    consultation = verified()
    client.get(consultation.url)
    session = client.session
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before

    client.post(consultation.code_url, typed(consultation, made(consultation).codes[0][1]))

    assert client.session.session_key != before


def test_the_short_address_of_a_page_that_is_not_public_leads_nowhere(client):
    consultation = verified()
    consultation.unpublish()

    assert client.get(f"/en/c/{consultation.pk}/").status_code == 404


@pytest.mark.both
def test_every_field_takes_anything(client, monkeypatch):
    often = limits.Limit("codes.test", per_person=9999, per_address=9999, seconds=900)
    monkeypatch.setattr("consultations.codes.views.CODES", often)
    consultation = verified()
    staff, _person = staff_of(city_pair()[1])
    sheet = made(consultation).sheet
    admin = f"/admin/consultations/{consultation.pk}/codes/"

    for text in STRINGS:
        named = dict.fromkeys(("code", "city", "number", "note", "form_token"), text)
        assert read_by(CodeForm(named)), text
        assert read_by(NewCodesForm(named, cities=City.objects.all())), text
    for text in each_alone(KINDS):
        numbers = {f"{sheet.pk}-numbers": f"1, {text}"}
        answers = [
            send(client, consultation.code_url, typed(consultation, text, next=text)),
            send(staff, f"{admin}{sheet.pk}/withdraw/", numbers),
        ]
        if text in WORST:
            answers.append(send(staff, admin, {"city": text, "number": text, "note": text}))
        assert all(map(harmless, answers)), text
