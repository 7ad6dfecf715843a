"""Published results stay true when a guest turns out to be somebody with an account."""

from typing import Any

import pytest
from django.utils import timezone

from consultations import tallies
from consultations.enums import Participation, QuestionType
from consultations.models import Answer, AnsweredMark, ConsultationPage, PersonTakingPart, Response
from consultations.services import answer, vote
from consultations.snapshots.models import ResultSnapshot
from consultations.snapshots.services import freeze, verify
from consultations.speaking.rules import Voice
from partnership.people import guests
from partnership.people.models import Participant
from tests.consultations.test_guest_answers import guest, joined
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    StatementFactory,
    make_consultation,
    make_participant,
    make_question,
)

pytestmark = pytest.mark.django_db


def act(consultation: ConsultationPage, person: Participant, option: str, **more: Any) -> None:
    """A vote, a choice and a text."""
    vote(consultation.statements.get(), participant=person, choice="agree")
    answers = {"q1": option, "q2": f"Words of {option}"}
    said: dict[str, Any] = {"answers": answers, "language_code": "en", "form_token": None}
    answer(consultation, participant=person, **said, **more)


def published_with_ana_twice() -> tuple[ResultSnapshot, Participant]:
    """Final results in which somebody is counted as a guest and as an account."""
    consultation = make_consultation(participation=Participation.OPEN)
    StatementFactory(consultation=consultation)
    make_question(consultation)
    make_question(consultation, QuestionType.SHORT_TEXT)
    for city in city_pair():
        for _person in range(6):
            act(consultation, make_participant(city), "o1")
    account = joined()
    act(consultation, guest(), "o2", voice=Voice("school", "Escuela de Ana"))
    act(consultation, account, "o3")
    ConsultationPage.objects.update(closes_at=timezone.now())
    return freeze(ConsultationPage.objects.get()), account


@pytest.mark.both
def test_what_was_counted_stays_counted():
    snapshot, account = published_with_ana_twice()

    guests.claim(account.resident)

    assert verify(snapshot).drift == []
    assert tallies.drift(snapshot.consultation) == []
    assert PersonTakingPart.objects.count() == 14
    assert account.responses.get().answers.get(question__identifier="q1").value == "o3"


@pytest.mark.both
def test_what_is_left_is_nobodys_and_without_words():
    _snapshot, account = published_with_ana_twice()

    guests.claim(account.resident)

    left = Response.objects.get(organisation_kind="school")
    assert left.participant.is_former
    assert left.organisation_name == "school"
    assert not Answer.objects.filter(value="Words of o2").exists()
    assert account.votes.count() == 1


def test_a_guest_who_took_part_alone_is_the_account():
    snapshot, account = published_with_ana_twice()
    account.votes.all().delete()
    account.responses.all().delete()
    PersonTakingPart.objects.filter(participant=account).delete()

    guests.claim(account.resident)

    assert account.responses.get().consultation == snapshot.consultation
    assert not Participant.objects.filter(guest_digest__isnull=False).exists()


@pytest.mark.both
def test_no_place_and_no_words_beside_a_choice_are_left_either():
    _snapshot, account = published_with_ana_twice()
    twice = Response.objects.filter(organisation_kind="school")
    own = Answer.objects.filter(response__in=twice, question__identifier="q1")
    own.update(words="At my door", latitude=1, longitude=2)

    guests.claim(account.resident)

    left = Answer.objects.get(response__in=twice, question__identifier="q1")
    assert (left.words, left.latitude, left.longitude) == ("", None, None)
    assert left.value == "o2"


def test_the_mark_of_an_anonymous_answer_is_left_to_nobody_too():
    snapshot, account = published_with_ana_twice()
    person = PersonTakingPart.objects.get(participant=guest())
    mark = AnsweredMark.objects.create(
        consultation=snapshot.consultation, participant=person.participant, city=person.city
    )

    guests.claim(account.resident)

    mark.refresh_from_db()
    assert mark.participant.is_former
