"""Whoever asked takes a question back until it is taken up; nobody else does, nor later."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.questions.enums import Act
from events.questions.models import LiveQuestion, QuestionSupport
from events.questions.overdue import unread
from events.questions.refusals import QuestionNotThere, QuestionTakenUp
from events.questions.services.asking import ASK, withdraw
from events.questions.services.chairing import act
from partnership.people import tokens
from partnership.people.models import Participant
from tests.factories.cities import city_pair
from tests.factories.live_questions import add_support, close, make_question
from tests.factories.people import ParticipantFactory, ResidentFactory

pytestmark = pytest.mark.django_db

PAGE = "/en/events/quay-day/questions/"
TAKEN = "Your question was taken up already"


@pytest.fixture
def mine(client, time):
    """A question of whoever is signed in, with support."""
    resident = ResidentFactory(city=city_pair()[0])
    client.force_login(resident)
    question = make_question(time, "Mine?", participant=Participant.objects.of(resident))
    add_support(question, None, 2)
    return question


def test_one_is_asked_first_and_then_it_is_gone_with_its_support(client, mine):
    address = f"{PAGE}{mine.pk}/withdraw/"
    shown = client.get(address)
    before = LiveQuestion.objects.count()

    done = client.post(address, follow=True)

    assert "Mine?" in shown.content.decode()
    assert before == 1
    assert done.redirect_chain[-1][0] == PAGE
    assert "Nothing of it is kept." in done.content.decode()
    assert not LiveQuestion.objects.exists()
    assert not QuestionSupport.objects.exists()


def test_pages_lead_there_until_it_is_taken_up(client, mine):
    places = (PAGE, "/en/my-participation/")
    before = [client.get(place).content.decode() for place in places]
    act(mine, Act.TAKE)

    after = [client.get(place).content.decode() for place in places]

    assert [f"/{mine.pk}/withdraw/" in page for page in before] == [True, True]
    assert [f"/{mine.pk}/withdraw/" in page for page in after] == [False, False]


@pytest.mark.parametrize("done", [Act.TAKE, Act.SETTLE])
def test_what_was_taken_up_stays_and_says_why(client, mine, done):
    act(mine, done)

    looked = client.get(f"{PAGE}{mine.pk}/withdraw/", follow=True).content.decode()
    sent = client.post(f"{PAGE}{mine.pk}/withdraw/", follow=True).content.decode()

    assert TAKEN in looked
    assert TAKEN in sent
    assert LiveQuestion.objects.exists()


def test_the_service_looks_again_under_its_lock(mine):
    act(LiveQuestion.objects.get(pk=mine.pk), Act.TAKE)

    with pytest.raises(QuestionTakenUp):
        withdraw(mine)


def test_a_chair_finds_it_gone(mine):
    withdraw(LiveQuestion.objects.get(pk=mine.pk))

    with pytest.raises(QuestionNotThere):
        act(mine, Act.TAKE)


def test_only_whoever_asked_withdraws_it(client, time, mine):
    other = make_question(time, participant=ParticipantFactory())
    from_a_hall = make_question(time)

    answers = [client.post(f"{PAGE}{one.pk}/withdraw/") for one in (other, from_a_hall)]
    stranger = Client().post(f"{PAGE}{mine.pk}/withdraw/")

    assert [one.status_code for one in (*answers, stranger)] == [404] * 3
    assert LiveQuestion.objects.count() == 3


def test_a_browser_in_a_hall_withdraws_its_own_until_somebody_else_has_it(time, hall):
    phone, other = hall("puerto"), hall("puerto", Client())
    typed = {"words": "And the shade?", "language_code": "en"}
    for browser in (phone, phone):
        browser.post(f"{PAGE}ask/", {**typed, "form_token": tokens.issue(ASK)})
    first, second = LiveQuestion.objects.order_by("pk")

    refused = other.post(f"{PAGE}{first.pk}/withdraw/")
    phone.post(f"{PAGE}{first.pk}/withdraw/")
    phone.post(f"{PAGE}come-in/", {"leave": "1"})
    left = phone.post(f"{PAGE}{second.pk}/withdraw/")

    assert (refused.status_code, left.status_code) == (404, 404)
    assert LiveQuestion.objects.get() == second


def test_the_page_in_spanish_has_its_own_address(client, mine):
    page = client.get(mine.question_time.address("event_questions_withdraw", mine.pk))
    there = client.get(f"/es/eventos/quay-day/preguntas/{mine.pk}/retirar/", follow=True)

    assert (page.status_code, there.status_code) == (200, 200)


def test_what_nobody_has_read_is_a_concern_the_day_after(time):
    make_question(time, "Unread?", publication_status="pending")
    make_question(time, "Read?")
    close(time)
    today = timezone.now().date()

    (late,) = unread(today + timedelta(days=1))

    assert list(unread(today)) == []
    assert late.words == "1 question asked live at “Quay day” was never read."
    assert late.cities == tuple(time.event.cities.all())
    assert list(unread(today - timedelta(days=1))) == []
