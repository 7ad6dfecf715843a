"""A consultation leads to no board that its readers do not find."""

import pytest
from wagtail.models import PageViewRestriction

from consultations.models import Statement
from tests.factories.boards import make_board
from tests.factories.consultations import ContributionFactory, StatementFactory, make_consultation
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    return make_consultation()


def test_a_board_of_an_event_for_some_people_only_is_not_named(client, consultation):
    event = make_event(title="Among ourselves", consultation=consultation)
    board = make_board(event, title="A quiet square")
    statement = StatementFactory(consultation=consultation)
    Statement.objects.filter(pk=statement.pk).update(board=board)
    ContributionFactory(consultation=consultation, board=board)
    before = client.get(f"{consultation.get_url()}?before").content.decode()

    PageViewRestriction.objects.create(page=event, restriction_type="login")
    after = client.get(consultation.get_url()).content.decode()

    named = [(text in before, text in after) for text in (board.title, board.get_absolute_url())]
    assert named == [(True, False), (True, False)]


def test_a_board_that_was_taken_back_is_not_led_to(client, consultation):
    board = make_board(make_event(consultation=consultation), is_published=False)
    ContributionFactory(consultation=consultation, board=board)

    page = client.get(consultation.get_url()).content.decode()

    assert board.get_absolute_url() not in page
