"""Somebody goes back and says something else: they are asked once more, and lose nothing."""

import pytest

from consultations.models import Answer, Contribution, Statement, Vote
from consultations.proposals.services import PROPOSE
from consultations.services import ANSWER, COMMENT, VOTE
from partnership.pages.languages import DEFAULT
from partnership.people.tokens import issue
from tests.consultations.test_pages import lively, signed_in, text_of
from tests.factories.consultations import StatementFactory, make_consultation

pytestmark = pytest.mark.django_db

BENCHES = "Put benches along the way to school."


def test_going_back_and_writing_something_else_loses_nothing():
    consultation = make_consultation()
    client, _participant = signed_in()
    form = {"text": "First.", "language_code": "en", "form_token": issue(COMMENT)}
    client.post(consultation.comment_url, form)

    asked = client.post(consultation.comment_url, {**form, "text": "Second."})
    token = asked.context["form"]["form_token"].value()
    client.post(consultation.comment_url, {**form, "text": "Second.", "form_token": token})

    assert (asked.status_code, "Second." in asked.content.decode()) == (422, True)
    assert "If you mean this now, send it again." in text_of(asked)
    assert Contribution.objects.count() == 2


@pytest.mark.parametrize("first", ["agree", "pass"])
def test_going_back_and_voting_otherwise_is_asked_once_more_and_counts(first):
    statement = StatementFactory()
    client, participant = signed_in()
    address = statement.consultation.vote_url
    form = {"statement": statement.number, "choice": first, "form_token": issue(VOTE)}
    client.post(address, form)

    asked = client.post(address, {**form, "choice": "disagree"})
    token = asked.context["form"]["form_token"].value()
    again = client.post(address, {**form, "choice": "disagree", "form_token": token})

    assert "Yes, count it: Disagree" in text_of(asked)
    assert (asked.status_code, again.status_code) == (422, 302)
    assert Vote.objects.get(participant=participant).choice == "disagree"


@pytest.mark.parametrize("other", [{"q4": "On foot."}, {"q2": ["o1"]}])
def test_going_back_and_answering_otherwise_loses_nothing(other):
    consultation = lively()
    client, _participant = signed_in()
    values = {"q1": "o2", "q2": ["o1", "o3"], "q3": "4", "q4": "By bus.", "language_code": "en"}
    form = {**values, "form_token": issue(ANSWER)}
    client.post(consultation.answer_url, form)

    same = client.post(consultation.answer_url, form, follow=True)
    asked = client.post(consultation.answer_url, {**form, **other})
    token = asked.context["form"]["form_token"].value()
    kept = client.post(consultation.answer_url, {**form, **other, "form_token": token})

    assert "It was counted once." in text_of(same)
    assert (asked.status_code, kept.status_code) == (422, 302)
    assert "If you mean this now, send it again." in text_of(asked)
    stored = {each.question.identifier: each.value for each in Answer.objects.all()}
    assert {name: stored[name] for name in other} == other


def test_going_back_and_proposing_something_else_loses_nothing():
    consultation = make_consultation()
    client, _participant = signed_in()
    form = {"text": BENCHES, "language_code": DEFAULT, "form_token": issue(PROPOSE)}
    client.post(consultation.propose_url, form)

    same = client.post(consultation.propose_url, form, follow=True)
    asked = client.post(consultation.propose_url, {**form, "text": "Plant lemon trees."})
    again = {**form, "text": "Plant lemon trees.", "form_token": issue(PROPOSE)}
    kept = client.post(consultation.propose_url, again)

    assert "It was counted once." in text_of(same)
    assert "If you mean this now, send it again." in text_of(asked)
    assert "Plant lemon trees." in asked.content.decode()
    assert (asked.status_code, kept.status_code) == (422, 302)
    assert Statement.objects.filter(publication_status="pending").count() == 2
