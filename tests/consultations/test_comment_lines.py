"""Above a comment stand who, of which city and when; below that what it is about."""

import pytest

from consultations.enums import Alignment
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)

pytestmark = pytest.mark.django_db


def lines(client, consultation):
    page = client.get(consultation.url_in("en")).content.decode()
    article = page[page.index('<article class="comment"') :]
    return article[: article.index('<div class="comment-body">')].split('<p class="comment-head">')[
        1:
    ]


def test_the_first_line_says_who_and_the_second_about_what(client):
    consultation = make_consultation()
    statement = StatementFactory(consultation=consultation, number=7)
    ContributionFactory(
        consultation=consultation,
        participant=make_participant(),
        statement=statement,
        alignment=Alignment.FOR,
        organisation_kind="school",
        organisation_name="North School",
    )

    first, second = lines(client, consultation)

    assert "Lucía" in first
    assert "Alder Bay</bdi>, <a" in first
    assert "<time" in first
    assert "chip" not in first
    places = [second.index(words) for words in ("North School", "Statement 7", "For it")]
    assert places == sorted(places)


def test_without_anything_it_is_about_there_is_one_line(client):
    consultation = make_consultation()
    ContributionFactory(consultation=consultation, participant=make_participant())

    assert len(lines(client, consultation)) == 1
