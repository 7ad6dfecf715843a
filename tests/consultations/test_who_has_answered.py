"""How many of a city have taken part is told from five on, on every page that tells it."""

import pytest
from django.urls import reverse
from django.utils import translation

from consultations.models import PersonTakingPart
from consultations.presenting.head import meter, people_told
from tests.consultations.test_pages import text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import StatementFactory, make_consultation
from tests.factories.official import make_answer, make_closed_consultation, sign_and_publish
from tests.factories.pages import make_site

pytestmark = pytest.mark.django_db


def take_part(consultation, *sizes):
    """So many of the first city, of the second one, and of elsewhere; from paper, for brevity."""
    for city, size in zip((*city_pair(), None), sizes, strict=False):
        PersonTakingPart.objects.bulk_create(
            PersonTakingPart(consultation=consultation, city=city) for _person in range(size)
        )


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ((82, 78, 6), [82, 78, 6]),
        ((0, 0, 0), [0, 0, 0]),
        ((82, 78, 4), [82, 78, None]),
        ((4, 0, 0), [None, 0, 0]),
        ((4, 40, 0), [None, 40, 0]),
        ((3, 3, 40), [None, None, 40]),
    ],
)
def test_no_number_under_five_is_told(sizes, told):
    alder, puerto = city_pair()
    people = dict(zip((alder.pk, puerto.pk, None), sizes, strict=True))

    assert list(people_told((alder, puerto), people).values()) == told


def test_a_bar_says_no_more_than_its_number():
    consultation = make_consultation(target_per_city=10)
    alder, puerto = city_pair()

    shown = meter(consultation, (alder, puerto), {alder.pk: 4, puerto.pk: 8})

    assert [row["share"] for row in shown["rows"]] == [0, 80]
    assert (shown["elsewhere"], shown["keeps_back"]) == (0, True)


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ((7, 3, 4), ("7 Alder Bay", "– Puerto Almendro", "7 people have taken part")),
        ((2, 6, 5), ("– Alder Bay", "6 Puerto Almendro", "11 people have taken part")),
        ((3, 0, 4), ("– Alder Bay", "0 Puerto Almendro", "A few people have taken part")),
    ],
)
def test_the_page_the_list_and_the_front_page_tell_the_same(client, sizes, words):
    """The list counts only those who are told by the page, so that nobody can take them away."""
    home = make_site()
    consultation = make_consultation()
    take_part(consultation, *sizes)

    page, front, listed = (
        text_of(client.get(url))
        for url in (consultation.url, home.url, consultation.get_parent().url)
    )

    first, second, in_all = words
    for shown in (page, front):
        assert first in shown
        assert second in shown
        assert "Of a city with fewer than 5 people no number is shown." in shown
    assert ("who live elsewhere" in page) == (sizes[2] >= 5)
    assert in_all in listed


def test_what_we_asked_and_you_said_keeps_the_same_back(client):
    make_site()
    consultation = make_closed_consultation()
    take_part(consultation, 7, 3)
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    sign_and_publish(answer.sheet)
    with translation.override("en"):
        url = reverse("consultation_answers", args=(consultation.slug_in("en"),))

    assert "Alder Bay: 7; Puerto Almendro: too few to show" in text_of(client.get(url))
