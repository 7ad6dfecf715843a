"""The links at the top of a consultation that lead down to what can be done and what came out."""

import pytest

from tests.consultations.test_pages import close
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_question,
)

pytestmark = pytest.mark.django_db


def test_what_can_be_done_further_down_is_one_link_away_while_it_can_be_done(client):
    consultation = make_consultation()
    ContributionFactory(consultation=consultation)

    page = client.get(consultation.url).content.decode()
    close(consultation)
    closed = client.get(consultation.url).content.decode()

    places = ("propose-title", "comment-title", "conversation")
    assert [f'href="#{place}"' in page for place in places] == [True, True, True]
    assert [f'id="{place}"' in page for place in places] == [True, True, True]
    assert [f'href="#{place}"' in closed for place in places] == [False, False, True]


def test_comments_stand_before_the_forms_and_the_way_to_these_before_both(client):
    """On a phone two forms stood between the heading and the first comment."""
    consultation = make_consultation()
    ContributionFactory(consultation=consultation)

    page = client.get(consultation.url).content.decode().partition('id="conversation"')[2]

    parts = ['href="#comment-title"', 'class="comments', 'id="propose-title"', 'id="comment-title"']
    assert [page.count(part) for part in parts] == [1, 1, 1, 1]
    assert sorted(parts, key=page.index) == parts


def test_results_are_one_link_away_once_they_are_shown(client):
    """A page of results is the longest of all: its only way down led past them."""
    consultation = make_consultation()
    StatementFactory(consultation=consultation)
    make_question(consultation=consultation)
    ContributionFactory(consultation=consultation)

    page = client.get(consultation.url).content.decode()
    close(consultation)
    closed = client.get(consultation.url).content.decode()

    places = ("statements", "questions", "conversation")
    assert [f'href="#{place}"' in page for place in places] == [False, False, True]
    assert [f'href="#{place}"' in closed for place in places] == [True, True, True]
    assert [f'id="{place}"' in closed for place in places] == [True, True, True]
