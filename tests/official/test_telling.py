"""Whoever wants to know is told once, in their language, when every city has signed."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from consultations.following.models import Stop
from consultations.models import ConsultationPage
from consultations.official.models import AnswerWish
from consultations.official.services import (
    keep_answer,
    list_everybody,
    stop_hearing,
    tell_everybody,
    wish_to_hear,
)
from partnership.outbox.models import OutgoingMail
from partnership.pages.languages import CODES, localized
from partnership.people.models import Participant
from tests.factories.consultations import StatementFactory, make_consultation, make_participant
from tests.factories.official import make_answer, make_closed_consultation, sign_and_publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(site_tree):
    return make_closed_consultation()


def letters():
    found = OutgoingMail.objects.filter(kind="consultation_answered").order_by("to")
    return list(found.values_list("to", "language_code"))


def hear(consultation, code="en"):
    with translation.override(code):
        return reverse("consultation_hear", args=(consultation.slug_in(code),))


def answered(consultation):
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    sign_and_publish(answer.sheet)
    return answer


def test_everybody_who_wants_it_is_told_in_their_language(consultation):
    ana = make_participant(email="ana@example.org", language_code="es")
    ben = make_participant(email="ben@example.org", language_code="en")
    make_participant(email="cyd@example.org")
    for each in (ana, ben):
        wish_to_hear(consultation, participant=each)
    before = tell_everybody()

    answered(consultation)
    told = tell_everybody()

    assert (before, told) == (0, 2)
    assert letters() == [("ana@example.org", "es"), ("ben@example.org", "en")]
    mail = OutgoingMail.objects.get(to="ana@example.org", kind="consultation_answered")
    assert "/es/" in mail.text


@pytest.mark.both
def test_nobody_is_told_twice(consultation):
    ana = make_participant()
    wish_to_hear(consultation, participant=ana)
    wish_to_hear(consultation, participant=ana)
    answer = answered(consultation)
    tell_everybody()
    for code in CODES:
        setattr(answer, localized("text", code), "Changed.")
    keep_answer(answer, by=None)
    sign_and_publish(answer.sheet)

    assert tell_everybody() == 0
    AnswerWish.objects.update(told_at=None)  # a tick that died after its mail
    tell_everybody()
    assert len(letters()) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.both
def test_two_ticks_at_once_tell_everybody_once(site_tree, run_in_threads):
    consultation = make_closed_consultation()
    for _number in range(3):
        wish_to_hear(consultation, participant=make_participant())
    answered(consultation)

    told = run_in_threads(lambda number: tell_everybody(), times=2)

    assert sum(told) == 3
    assert len(letters()) == 3


def test_a_resident_says_so_and_takes_it_back(client, consultation):
    ana = make_participant()
    client.force_login(ana.resident)

    client.post(hear(consultation), {"wants": "yes"})
    client.post(hear(consultation), {"wants": "yes"})
    wished = AnswerWish.objects.filter(participant=ana).count()
    mine = client.get(reverse("my_participation")).content.decode()
    client.post(hear(consultation), {"wants": "no"})

    assert wished == 1
    assert hear(consultation) in mine
    assert not AnswerWish.objects.exists()


def test_a_visitor_is_asked_to_sign_in_first(client, consultation):
    page = client.get(hear(consultation)).content.decode()
    sent = client.post(hear(consultation), {"wants": "yes"})

    assert 'name="wants"' not in page
    assert sent.status_code == 302
    assert not AnswerWish.objects.exists()


def test_the_way_to_it_stands_on_the_page_until_the_answers_do(client, consultation):
    before = client.get(consultation.url).content.decode()
    answered(consultation)
    after = client.get(f"{consultation.url}?again=1").content.decode()

    assert hear(consultation) in before
    assert hear(consultation) not in after


def test_who_cannot_be_reached_any_more_is_not_written_to(consultation):
    guest = Participant.objects.create(guest_digest="nobody")
    AnswerWish.objects.create(consultation=consultation, participant=guest)
    answered(consultation)

    assert tell_everybody() == 0
    assert letters() == []


def test_who_was_told_is_not_told_again_for_taking_it_back_and_asking_once_more(consultation):
    person = make_participant()
    wish_to_hear(consultation, participant=person)
    answered(consultation)
    told = [tell_everybody()]

    stop_hearing(consultation, participant=person)
    wish_to_hear(consultation, participant=person)
    told.append(tell_everybody())

    assert told == [1, 0]


def test_nobody_is_told_of_a_page_that_was_taken_down(consultation):
    wish_to_hear(consultation, participant=make_participant())
    answered(consultation)
    ConsultationPage.objects.update(live=False)

    assert tell_everybody() == 0


def test_who_waits_hears_of_answers_signed_before_the_close_after_it(site_tree):
    consultation = make_consultation()
    wish_to_hear(consultation, participant=make_participant())
    answered(consultation)

    assert (list_everybody(), tell_everybody()) == (0, 0)
    ConsultationPage.objects.update(closes_at=timezone.now())
    assert (list_everybody(), tell_everybody()) == (1, 1)


def test_whoever_asks_again_after_stopping_all_about_it_gets_all_about_it_again(consultation):
    person = make_participant()
    stop_hearing(consultation, participant=person)

    wish_to_hear(consultation, participant=person)

    assert not Stop.objects.filter(participant=person).exists()
