"""Candidates are counted language by language, and are no themes."""

import pytest

from consultations.analysis.models import Theme
from consultations.analysis.terms import Term, candidates, speaks_of

ENGLISH = (
    "The crossing at the school is too fast.",
    "A crossing is missing; the bus stops at the school.",
    "Shade on the way.",
)
SPANISH = ("Falta sombra en el camino.", "Con sombra iríamos a pie.", "El cruce del colegio.")


@pytest.fixture
def found():
    return candidates([*((text, "en") for text in ENGLISH), *((text, "es") for text in SPANISH)])


def test_each_language_is_counted_by_itself(found):
    assert found["en"] == [Term("crossing", 2), Term("school", 2)]
    assert found["es"] == [Term("sombra", 2)]


def test_a_pair_of_words_stands_for_both():
    texts = [("The night bus is late.", "en"), ("Night bus, night bus!", "en")]

    assert [term.words for term in candidates(texts)["en"]] == ["night"]


def test_a_text_counts_once_and_other_languages_are_left_out():
    texts = [("harbour harbour harbour", "en"), ("harbour", "zz")]

    assert candidates(texts)["en"] == []


@pytest.mark.django_db
def test_nothing_becomes_a_theme_by_itself(found):
    assert not Theme.objects.exists()


def test_a_word_points_to_a_theme_in_other_forms_too():
    assert speaks_of("Two crossings are missing.", "Crossing the street", "en")
    assert not speaks_of("The way is long.", "The crossing", "en")
