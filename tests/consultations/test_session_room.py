"""What a guest types before coming in has a bounded place in the session."""

from typing import Any

import pytest

from consultations.services import COMMENT
from partnership.people.tokens import issue
from partnership.session_room import MOST_KEPT, weight
from tests.consultations.test_guests import (
    WHO,
    codes,
    consultation,
    mails_keep_their_words,
    send_vote,
    type_code,
)
from tests.factories.consultations import StatementFactory

pytestmark = pytest.mark.django_db
__all__ = ("consultation", "mails_keep_their_words")


def kept_of(client: Any) -> int:
    return weight(dict(client.session.items()))


@pytest.mark.parametrize("as_what", ["name", "value", "many"])
def test_a_guest_fills_no_session(client, consultation, as_what):
    long = "x" * 70_000
    more = {
        "name": {f"{number}{'x' * 800}": "1" for number in range(100)},
        "value": {"more": long},
        "many": {f"{number}{'x' * 100}": "1" for number in range(700)},
    }[as_what]
    statement = StatementFactory(consultation=consultation)

    answer = send_vote(client, statement, **WHO, **more)

    assert "This is too long to be kept" in answer.content.decode()
    assert kept_of(client) < MOST_KEPT
    assert codes() == 0


def test_many_things_of_a_guest_fill_no_session(client, consultation):
    for number in range(8):
        words = {"text": "A crossing.", "language_code": "en", "form_token": issue(COMMENT)}
        answer = client.post(
            consultation.comment_url, {**words, **WHO, "more": f"{number}" * 12_000}
        )

    assert "This is too long to be kept" in answer.content.decode()
    assert kept_of(client) <= MOST_KEPT + 1_000
    assert type_code(client, consultation).status_code == 302


def test_what_a_guest_typed_before_signing_in_fills_no_session(client, consultation):
    more = {f"{number}{'x' * 800}": "1" for number in range(100)}

    answer = client.post(consultation.sign_in_url, {**more, "next": consultation.answer_url})

    assert answer.status_code == 302
    assert kept_of(client) < MOST_KEPT
