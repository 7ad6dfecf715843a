"""What strangers may send: never a server error, never markup that runs, on both databases."""

import pytest

from consultations.models import Contribution
from consultations.services import ANSWER, COMMENT, VOTE
from partnership.people.tokens import issue
from tests.consultations.test_pages import lively, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both]

STRINGS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE people_resident; --",
    "{{ settings.SECRET_KEY }}{% load x %}",
    "a\x00b",
    "\ud800",
    "\u202eevil\u2066",
    "\u200b\u200b",
    "=HYPERLINK(1)",
    "9" * 400,
    "-1",
    "٣",
    "../../etc/passwd",
    "é" * 2001,
    "\r\nSet-Cookie: a=b",
)


ANSWERED = (
    *(f"q{number}" for number in range(1, 10)),
    *("q1_other", "q2_other", "q9_other", "q9_point", "q6_o1", "q6_o2", "language_code"),
)


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("text", STRINGS)
def test_every_field_of_every_form_takes_anything(text):
    consultation = lively()
    consultation.questions.update(allows_other=True, asks_point=True)
    client, _participant = signed_in()
    forms = (
        (consultation.vote_url, VOTE, ("choice",), {"statement": "1"}),
        (consultation.vote_url, VOTE, ("statement", "choice"), {}),
        (consultation.answer_url, ANSWER, ANSWERED, {}),
        *((consultation.answer_url, ANSWER, (name,), {"language_code": "en"}) for name in ANSWERED),
        (consultation.comment_url, COMMENT, ("text", "language_code", "parent"), {}),
        (consultation.comment_url, COMMENT, ("text",), {"language_code": "en"}),
    )

    for address, purpose, names, fixed in forms:
        values = {**dict.fromkeys(names, encoded(text)), **fixed, "form_token": issue(purpose)}
        response = client.post(address, values)

        assert response.status_code < 500
        assert b"<script>alert" not in response.content
        assert b"<img src=x" not in response.content


@pytest.mark.parametrize("text", STRINGS)
def test_every_parameter_of_every_address_takes_anything(client, text):
    consultation = lively()
    values = dict.fromkeys(
        ("statement", "choice", "parent", "comments", "saved", "next"), encoded(text)
    )
    addresses = (
        consultation.url,
        consultation.vote_url,
        consultation.answer_url,
        consultation.comment_url,
    )

    for address in addresses:
        response = client.get(address, values)

        assert response.status_code < 500
        assert b"<script>alert" not in response.content


def test_a_published_comment_with_markup_is_shown_as_it_was_typed(client):
    consultation = lively(0)
    resident, _participant = signed_in()
    form = {"text": STRINGS[0], "language_code": "en", "form_token": issue(COMMENT)}
    resident.post(consultation.comment_url, form)
    Contribution.objects.update(publication_status="published")

    page = client.get(consultation.url).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)</script>" not in page
