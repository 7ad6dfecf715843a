"""What strangers may send: never a server error, never markup that runs, on both databases."""

import pytest

from consultations.asking.forms import QuestionnaireForm
from consultations.asking.recording_views import questions_of
from consultations.forms import CommentForm, VoteForm
from consultations.models import ConsultationPage, Contribution
from consultations.services import ANSWER, COMMENT, VOTE, answer
from partnership.people.tokens import issue
from tests.consultations.test_pages import lively, signed_in
from tests.factories.hostile import (
    FOR_DATABASES,
    KINDS,
    SCRIPT,
    STRINGS,
    WORST,
    each_alone,
    harmless,
    raw,
    read_by,
    send,
)

pytestmark = pytest.mark.django_db

ANSWERED = (
    *(f"q{number}" for number in range(1, 10)),
    *("q1_other", "q2_other", "q9_other", "q9_point", "q6_o1", "q6_o2", "language_code"),
)
#: What pages that read little of their address are asked with: a page takes as long as five votes.
FOR_THE_PAGE = {"a\x00b", "\ud800", SCRIPT, "9" * 400, "é" * 2001, "-1", "٣"}


@pytest.fixture(scope="module")
def shared(shared_db):
    consultation = lively()
    consultation.questions.update(allows_other=True, asks_point=True)
    _client, participant = signed_in()
    return consultation, participant.resident


@pytest.fixture
def consultation(shared):
    return ConsultationPage.objects.get(pk=shared[0].pk)


@pytest.fixture
def resident(client, shared):
    client.force_login(shared[1])
    return client


def whole_forms(consultation) -> tuple:
    """Address, purpose of the token, the fields that are filled with anything, and the rest."""
    return (
        (consultation.vote_url, VOTE, ("choice",), {"statement": "1"}),
        (consultation.vote_url, VOTE, ("statement", "choice"), {}),
        (consultation.answer_url, ANSWER, ANSWERED, {}),
        (consultation.comment_url, COMMENT, ("text", "language_code", "parent"), {}),
    )


def fill(client, form, text: str):
    address, purpose, names, fixed = form
    values = {**dict.fromkeys(names, text), **fixed, "form_token": issue(purpose)}
    return send(client, address, values)


def test_every_form_reads_anything_in_all_its_fields(consultation):
    questions = questions_of(consultation)
    names = (*ANSWERED, "choice", "text", "parent", "form_token")

    for text in STRINGS:
        sent = dict.fromkeys(names, text)
        assert read_by(VoteForm(sent)), text
        assert read_by(QuestionnaireForm(sent, questions=questions)), text
        assert read_by(CommentForm(sent, consultation=consultation)), text


@pytest.mark.both
def test_every_page_takes_anything_in_all_its_fields(resident, consultation):
    """What most often breaks in each of the forms, and every other kind in one of them in turn.

    The fields are of every kind; here PostgreSQL meets each kind of what a database may take amiss.
    """
    forms = whole_forms(consultation)
    for number, text in enumerate(each_alone(KINDS, on_postgresql=FOR_DATABASES)):
        for form in forms if text in WORST else [forms[number % len(forms)]]:
            assert harmless(fill(resident, form, text)), (form[0], text)


@pytest.mark.both
def test_every_field_alone_takes_anything(resident, consultation, shared):
    questions, participant = questions_of(consultation), shared[1].participant

    for text in each_alone(WORST):
        for name in ANSWERED:
            sent = {"language_code": "en", name: text, "form_token": issue(ANSWER)}
            form = QuestionnaireForm(sent, questions=questions)
            assert read_by(form), (name, text)
            if form.is_valid():
                given = {"participant": participant, "answers": form.answers}
                counted = {"language_code": "en", "form_token": form.cleaned_data["form_token"]}
                form.attempt(answer, consultation, **given, **counted)
        comment = (consultation.comment_url, COMMENT, ("text",), {"language_code": "en"})
        assert harmless(fill(resident, comment, text)), text


@pytest.mark.both
def test_every_parameter_of_every_address_takes_anything(client, consultation):
    names = ("statement", "choice", "parent", "comments", "saved", "next")
    forms = (consultation.vote_url, consultation.comment_url)
    pages = (consultation.url, consultation.answer_url)

    for number, text in enumerate(each_alone(KINDS, drawn_there=True)):
        addresses = (*forms, *pages) if text in FOR_THE_PAGE else (forms[number % len(forms)],)
        for address in addresses:
            response = client.get(address, dict.fromkeys(names, raw(text[:1000])))
            assert harmless(response), (address, text)


@pytest.mark.both
def test_a_published_comment_with_markup_is_shown_as_it_was_typed(client):
    consultation = lively(0)
    resident, _participant = signed_in()
    form = {"text": SCRIPT, "language_code": "en", "form_token": issue(COMMENT)}
    resident.post(consultation.comment_url, form)
    Contribution.objects.update(publication_status="published")

    page = client.get(consultation.url).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)</script>" not in page
