"""The page "How we count": in both languages, open to all, with the example the papers cite."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.consultations.test_pages import text_of
from tests.factories.consultations import StatementFactory, make_consultation, make_index

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("0.6631", "0.6486", "the score is 0.649", "Common ground")),
        ("es", ("0,6631", "0,6486", "la puntuación es 0,649", "Terreno común")),
    ],
)
def test_the_example_is_worked_in_the_readers_language(client, language, expected):
    make_index()
    with translation.override(language):
        address = reverse("how_we_count")

    response = client.get(address)

    text = text_of(response)
    assert [words in text for words in expected] == [True] * len(expected)
    assert response.content.count(b"<math") == 3
    assert not response.cookies


def test_it_costs_as_little_as_any_page(client, django_assert_max_num_queries):
    make_index()
    client.get(f"{reverse('how_we_count')}?warm=1")

    with django_assert_max_num_queries(15):
        client.get(reverse("how_we_count"))


def test_the_figures_lead_to_it(client):
    from datetime import timedelta

    statement = StatementFactory(consultation=make_consultation(closes_in=timedelta(days=-1)))

    page = client.get(statement.consultation.url).content.decode()

    assert f'href="{reverse("how_we_count")}"' in page
