"""What strangers may send: never a server error, never markup that runs, on both databases."""

import pytest

from consultations.models import ConsultationPage, Contribution
from consultations.services import ANSWER, COMMENT, VOTE
from partnership.people.tokens import issue
from tests.consultations.test_pages import lively, signed_in
from tests.factories.hostile import KINDS, SCRIPT, STRINGS, WORST, each_alone, harmless, raw, send

pytestmark = [pytest.mark.django_db, pytest.mark.both]

ANSWERED = (
    *(f"q{number}" for number in range(1, 10)),
    *("q1_other", "q2_other", "q9_other", "q9_point", "q6_o1", "q6_o2", "language_code"),
)


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


def fields_alone(consultation) -> tuple:
    good = {"language_code": "en"}
    return (
        *((consultation.answer_url, ANSWER, (name,), good) for name in ANSWERED),
        (consultation.comment_url, COMMENT, ("text",), good),
    )


def fill(client, form, text: str):
    address, purpose, names, fixed = form
    values = {**dict.fromkeys(names, text), **fixed, "form_token": issue(purpose)}
    return send(client, address, values)


def test_every_form_takes_anything_in_all_its_fields(resident, consultation):
    for text in each_alone(STRINGS):
        for form in whole_forms(consultation):
            assert harmless(fill(resident, form, text)), (form[0], text)


def test_every_field_alone_takes_anything(resident, consultation):
    for text in each_alone(WORST):
        for form in fields_alone(consultation):
            assert harmless(fill(resident, form, text)), (form[2], text)


def test_every_parameter_of_every_address_takes_anything(client, consultation):
    names = ("statement", "choice", "parent", "comments", "saved", "next")
    addresses = (
        consultation.url,
        consultation.vote_url,
        consultation.answer_url,
        consultation.comment_url,
    )

    for text in each_alone(KINDS):
        for address in addresses:
            response = client.get(address, dict.fromkeys(names, raw(text[:1000])))
            assert harmless(response), (address, text)


def test_a_published_comment_with_markup_is_shown_as_it_was_typed(client):
    consultation = lively(0)
    resident, _participant = signed_in()
    form = {"text": SCRIPT, "language_code": "en", "form_token": issue(COMMENT)}
    resident.post(consultation.comment_url, form)
    Contribution.objects.update(publication_status="published")

    page = client.get(consultation.url).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)</script>" not in page
