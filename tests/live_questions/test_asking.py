"""Asking and supporting live: who may, how often, and what is written down of them."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from events.questions.models import LiveQuestion, QuestionSupport, QuestionTime
from events.questions.presence import ASKING
from events.questions.services.asking import ASK
from events.questions.views import reading, taking_part
from partnership.limits import Limit
from partnership.outbox.models import OutgoingMail
from partnership.people import tokens
from partnership.people.models import Participant
from tests.factories.cities import city_pair
from tests.factories.live_questions import close, make_question
from tests.factories.people import ParticipantFactory, ResidentFactory

pytestmark = pytest.mark.django_db

PAGE = "/en/events/quay-day/questions/"
WORDS = "Why not the north side?"


def typed(words=WORDS, **fields):
    return {"words": words, "language_code": "en", "form_token": tokens.issue(ASK), **fields}


def code_sent():
    mail = OutgoingMail.objects.filter(kind="guest_code").latest("pk")
    return re.search(r"\d{4}-\d{4}", mail.text)[0]


@pytest.fixture
def resident(client):
    resident = ResidentFactory(city=city_pair()[0])
    client.force_login(resident)
    return resident


# Who asks --------------------------------------------------------------------------------------


def test_somebody_with_an_account_asks_and_the_city_is_copied(client, time, resident):
    response = client.post(f"{PAGE}ask/", typed("¿Y la  sombra?\r\n", language_code="es"))

    question = LiveQuestion.objects.get()
    assert response["Location"] == f"{PAGE}#question-{question.pk}"
    assert question.participant.resident == resident
    assert (question.city, question.language_code) == (resident.city, "es")
    assert question.text == "¿Y la sombra?"


def test_somebody_in_a_hall_asks_with_the_code_and_nobody_is_on_the_row(time, hall):
    phone = hall("puerto")

    phone.post(f"{PAGE}ask/", typed())

    question = LiveQuestion.objects.get()
    assert (question.participant, question.city.code) == (None, "puerto")
    assert Participant.objects.count() == 0
    shown = phone.get(PAGE).content.decode()
    assert "In the hall of Puerto Almendro" in shown


def test_a_guest_asks_with_a_code_from_a_mail(client, time):
    told = {"email": "ana@example.org", "city": "alder"}

    client.post(f"{PAGE}come-in/", told)
    client.post(f"{PAGE}come-in/code/", {"code": code_sent()})
    client.post(f"{PAGE}ask/", typed())

    question = LiveQuestion.objects.get()
    assert question.participant.is_guest
    assert (question.city.code, question.participant.name) == ("alder", "")


def test_a_guest_whose_mail_does_not_come_has_another_code_sent(client, time):
    client.post(f"{PAGE}come-in/", {"email": "ana@example.org", "city": "alder"})
    first, page = code_sent(), client.get(f"{PAGE}come-in/code/").content.decode()

    again = client.post(f"{PAGE}come-in/code/", {"action": "resend"}, follow=True)
    wrong = client.post(f"{PAGE}come-in/code/", {"code": first})
    client.post(f"{PAGE}come-in/code/", {"code": code_sent()})
    client.post(f"{PAGE}ask/", typed())

    assert "Send another code" in page
    assert "We have sent a new code." in again.content.decode()
    assert (wrong.status_code, LiveQuestion.objects.get().city.code) == (422, "alder")


def test_an_address_of_staff_signs_in_instead(client, time):
    ResidentFactory(email="chair@example.org", is_staff=True)
    client.post(f"{PAGE}come-in/", {"email": "chair@example.org", "city": "alder"})

    client.post(f"{PAGE}come-in/code/", {"code": code_sent()})
    client.post(f"{PAGE}ask/", typed())

    assert LiveQuestion.objects.count() == 0


def test_whoever_has_not_come_in_is_led_there_and_writes_nothing(client, time):
    question = make_question(time)

    asked = client.post(f"{PAGE}ask/", typed())
    supported = client.post(f"{PAGE}{question.pk}/support/", {"supports": "yes"})

    assert {asked["Location"], supported["Location"]} == {f"{PAGE}come-in/"}
    assert (LiveQuestion.objects.count(), QuestionSupport.objects.count()) == (1, 0)


def test_a_wrong_code_opens_no_hall(client, time):
    QuestionTime.objects.update(code="ZZZZZZ")

    for code in ("BCDFGH", ""):
        response = client.post(f"{PAGE}come-in/", {"code": code, "hall": "alder"})
        assert response.status_code == 422
        assert "This is not the code on the wall." in response.content.decode()
    assert client.post(f"{PAGE}ask/", typed())["Location"] == f"{PAGE}come-in/"


def test_a_phone_in_a_hall_cannot_flood(time, hall):
    phone = hall()
    for number in range(ASKING.per_person):
        phone.post(f"{PAGE}ask/", typed(f"Question {number}?"))

    response = phone.post(f"{PAGE}ask/", typed("One more?"))
    neighbour = hall("puerto", Client()).post(f"{PAGE}ask/", typed("And mine?"))

    assert (response.status_code, neighbour.status_code) == (422, 302)
    assert "That was a lot in a short time." in response.content.decode()
    assert LiveQuestion.objects.count() == ASKING.per_person + 1


# What is accepted ------------------------------------------------------------------------------


def test_nothing_is_asked_before_it_opens_or_after_it_closes(client, time, resident):
    question = make_question(time)
    close(time)

    refused = client.post(f"{PAGE}ask/", typed())
    client.post(f"{PAGE}{question.pk}/support/", {"supports": "yes"})
    soon = timezone.now() + timedelta(minutes=5)
    QuestionTime.objects.update(opens_at=soon, closes_at=soon + timedelta(hours=1))
    client.post(f"{PAGE}ask/", typed())

    assert "Questions cannot be asked or supported at the moment." in refused.content.decode()
    assert (LiveQuestion.objects.count(), QuestionSupport.objects.count()) == (1, 0)


def test_a_question_says_something_and_is_short(client, time, resident):
    for words in ("\u200b", "x" * 281):
        assert client.post(f"{PAGE}ask/", typed(words)).status_code == 422

    assert LiveQuestion.objects.count() == 0


def test_sent_twice_is_asked_once(client, time, resident):
    sent = typed()

    client.post(f"{PAGE}ask/", sent)
    client.post(f"{PAGE}ask/", sent)

    assert LiveQuestion.objects.count() == 1


def test_what_is_read_before_it_is_shown_waits(client, time, resident):
    for is_moderated, words in ((True, "Read first?"), (False, WORDS), (False, "See www.x.es")):
        QuestionTime.objects.update(is_moderated=is_moderated)
        client.post(f"{PAGE}ask/", typed(words))

    shown = LiveQuestion.objects.published().values_list("text", flat=True)
    assert (list(shown), LiveQuestion.objects.kept_back().count()) == ([WORDS], 2)
    assert "Read first?" not in Client().get(PAGE).content.decode()


# Support ---------------------------------------------------------------------------------------


def test_the_same_button_supports_and_takes_it_back(client, time, resident):
    question = make_question(time)
    address = f"{PAGE}{question.pk}/support/"

    client.post(address, {"supports": "yes"})
    client.post(address, {"supports": "yes"})
    supported = client.get(PAGE).content.decode()

    assert "1 person supports it" in supported
    assert 'name="supports" value="no" aria-pressed="true"' in supported
    client.post(address, {"supports": "no"})
    assert QuestionSupport.objects.count() == 0


def test_a_hall_supports_once_for_each_browser_under_a_digest(time, hall):
    question = make_question(time)
    first, second = hall("alder", Client()), hall("puerto", Client())

    for phone in (first, first, second):
        phone.post(f"{PAGE}{question.pk}/support/", {"supports": "yes"})

    rows = QuestionSupport.objects.order_by("city__position")
    assert [(row.city.code, row.participant) for row in rows] == [("alder", None), ("puerto", None)]
    key = next(iter(first.session["live_questions.halls"].values()))["key"]
    assert key not in {row.hall_key for row in rows}


@pytest.mark.both
def test_the_table_lets_nobody_support_twice(time):
    question, person = make_question(time), ParticipantFactory()
    whoever = ({"participant": person}, {"hall_key": "k"})
    for who in whoever:
        QuestionSupport.objects.create(question=question, **who)

    for who in (*whoever, {}, {"participant": ParticipantFactory(), "hall_key": "l"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            QuestionSupport.objects.create(question=question, **who)


def test_what_nobody_sees_and_what_was_answered_is_not_supported(client, time, resident):
    hidden = make_question(time, publication_status="hidden", hiding_reason="spam")
    answered = make_question(time, answered_at=timezone.now())

    gone = client.post(f"{PAGE}{hidden.pk}/support/", {"supports": "yes"})
    client.post(f"{PAGE}{answered.pk}/support/", {"supports": "yes"})

    assert gone.status_code == 404
    assert QuestionSupport.objects.count() == 0


@pytest.mark.both
def test_asking_and_supporting_cost_few_queries(
    client, time, resident, django_assert_max_num_queries
):
    question = make_question(time)
    Participant.objects.of(resident)

    with django_assert_max_num_queries(15):
        client.post(f"{PAGE}ask/", typed())
    with django_assert_max_num_queries(15):
        client.post(f"{PAGE}{question.pk}/support/", {"supports": "yes"})


def test_the_device_forgets_who_was_here(time, hall):
    phone = hall()

    phone.post(f"{PAGE}come-in/", {"leave": "1"})

    assert phone.post(f"{PAGE}ask/", typed())["Location"] == f"{PAGE}come-in/"


def test_who_noted_the_key_of_a_session_is_in_no_hall_by_it(time, hall):
    phone = hall()
    phone.post(f"{PAGE}come-in/", {"leave": "1"})
    noted = phone.session.session_key

    hall(browser=phone)

    assert phone.session.session_key != noted
    assert not SessionStore(noted).load()


# The short address -----------------------------------------------------------------------------


def test_the_code_leads_from_a_short_address_in_ones_own_language(client, time):
    led = client.get(f"/q/{time.code}/", headers={"Accept-Language": "es"})
    found = client.get(led["Location"])
    shown = client.get(found["Location"]).content.decode()

    assert led["Location"] == f"/es/preguntas-en-directo/?code={time.code}"
    assert found["Location"].startswith("/es/eventos/quay-day/preguntas/entrar/")
    assert f'value="{time.code}"' in shown
    assert client.get("/q/")["Location"] == "/en/live-questions/"


def test_a_code_of_what_is_over_leads_nowhere(client, time):
    close(time)

    response = client.get(f"/en/live-questions/?code={time.code}")

    assert response.status_code == 404
    assert "This is not the code on the wall." in response.content.decode()


def test_guessing_the_code_ends_even_with_the_right_one(client, time, hall, monkeypatch):
    limit = Limit("test.code", per_person=9, per_address=2, seconds=600)
    monkeypatch.setattr(taking_part, "MISSES", limit)
    monkeypatch.setattr(reading, "MISSES", limit)
    enter = {"code": time.code, "hall": "puerto"}
    wrong = {**enter, "code": "BBBBBB"}

    client.post(f"{PAGE}come-in/", wrong)
    client.get("/en/live-questions/?code=BBBBBB")
    led = [client.post(f"{PAGE}come-in/", typed) for typed in (wrong, enter)]
    found = [client.get(f"/en/live-questions/?code={code}") for code in ("BBBBBB", time.code)]

    assert [one["Location"] for one in led] == [
        f"{PAGE}come-in/?code={code}" for code in ("BBBBBB", time.code)
    ]
    assert [one.status_code for one in found] == [429, 429]
    assert f'value="{time.code}"' in client.get(led[1]["Location"]).content.decode()
    assert client.session.get("live_questions.halls") is None


def test_the_right_code_opens_nothing_once_as_many_were_wrong_as_may_be(client, time, monkeypatch):
    limit = Limit("test.code", per_person=9, per_address=2, seconds=600)
    monkeypatch.setattr(reading, "MISSES", limit)
    for _miss in range(2):
        client.get("/en/live-questions/?code=BBBBBB")

    assert client.get(f"/en/live-questions/?code={time.code}").status_code == 429
