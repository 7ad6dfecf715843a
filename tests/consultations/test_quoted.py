"""A comment on the consultation's page says what it is about, in its words."""

import pytest
from bs4 import BeautifulSoup

from tests.factories.boards import make_board
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    in_every_language,
    make_consultation,
)

pytestmark = pytest.mark.django_db


def quotes(response) -> list[str]:
    page = BeautifulSoup(response.content, "html.parser")
    return [quote.get_text() for quote in page.select(".comment q")]


def make_talk():
    """A comment on a statement, a reply to it, and a comment on a board."""
    consultation = make_consultation()
    words = in_every_language("text", "Close the street at drop-off.")
    statement = StatementFactory(consultation=consultation, **words)
    about = ContributionFactory(consultation=consultation, statement=statement, text="At last.")
    ContributionFactory(consultation=consultation, statement=statement, parent=about, text="Yes.")
    consultation.contributions.filter(pk=about.pk).update(reply_count=1)
    board = make_board()
    ContributionFactory(consultation=consultation, board=board, text="More shade.")
    return consultation, statement, board


def test_a_comment_quotes_the_statement_or_the_board_it_is_about(client):
    consultation, statement, board = make_talk()

    page = client.get(consultation.url)

    assert sorted(quotes(page)) == ["Close the street at drop-off.", "Shade street"]
    heads = BeautifulSoup(page.content, "html.parser").select(".comment-head:has(q)")
    links = {head.find("a")["href"] for head in heads}
    assert links == {statement.get_absolute_url(), board.get_absolute_url()}


def test_where_the_words_stand_already_they_are_not_quoted(client):
    _consultation, statement, board = make_talk()

    assert quotes(client.get(statement.get_absolute_url())) == []
    assert quotes(client.get(board.get_absolute_url())) == []


def test_what_readers_no_longer_see_is_quoted_nowhere(client):
    consultation, statement, board = make_talk()
    type(statement).objects.update(publication_status="hidden")
    type(board).objects.update(is_published=False)

    page = client.get(consultation.url)

    assert quotes(page) == []
    assert "Shade street" not in page.content.decode()
