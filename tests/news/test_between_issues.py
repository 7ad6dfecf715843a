"""What comes between the hour of an issue and the moment it is written belongs to the next one."""

from datetime import timedelta

import pytest

from consultations.official.models import AnswerSheet
from home.news.telling import tell_news
from tests.factories.consultations import make_consultation
from tests.factories.news import (
    FIRST_THURSDAY,
    SECOND_THURSDAY,
    TUESDAY,
    account,
    letters_to,
    put_the_clock_at,
    story,
    wish_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

SIGNED = "Every city has signed the answers."


def test_answers_signed_after_the_hour_are_told_once_with_the_next_issue(monkeypatch):
    put_the_clock_at(TUESDAY, monkeypatch)
    wish_of(account())
    story()
    closed = make_consultation(title="Quay", closes_at=TUESDAY - timedelta(days=1))
    signed_at = FIRST_THURSDAY - timedelta(minutes=10)  # hours after eight in every city
    AnswerSheet.objects.create(consultation=closed, published_at=signed_at)

    for instant in (FIRST_THURSDAY, SECOND_THURSDAY):
        put_the_clock_at(instant, monkeypatch)
        tell_news()

    assert [SIGNED in letter.text for letter in letters_to("ana@example.org")] == [False, True]
