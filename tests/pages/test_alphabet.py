"""Names and titles stand in the order of the reader's alphabet."""

import pytest
from django.utils import translation

from partnership.pages.alphabet import alphabetical


@pytest.mark.parametrize(
    ("code", "in_order"),
    [
        ("en", ["Ágora", "beach", "Élan", "zoo"]),
        ("es", ["Ágora", "nube", "número", "ñandú", "ópera"]),
        ("de", ["Arzt", "Ärzte", "Öl", "Ostsee", "Strasse", "Straße", "Über", "Zoo"]),
        ("pl", ["adres", "ącki", "cena", "ćma", "las", "łąka", "ósmy", "zebra", "źródło", "żaba"]),
        ("fr", ["cote", "coté", "côte", "école", "été", "œuvre", "zone"]),
        ("ar", ["أسبوع", "بيت", "ساحة", "شارع", "مدرسة"]),
        ("sv", ["Ale", "Zoo", "Ån", "Äng", "Öl"]),
        ("tr", ["cam", "çam", "hava", "ırmak", "incir"]),
        ("uk", ["Єва", "Їжак", "Яна"]),
    ],
)
def test_each_language_has_its_own_order(code, in_order):
    assert alphabetical(in_order[::-1], code=code) == in_order


def test_signs_and_capitals_count_for_nothing():
    assert alphabetical(["«Zoo»", "apple", "¿Banana?", "Cherry"], code="es") == [
        "apple",
        "¿Banana?",
        "Cherry",
        "«Zoo»",
    ]


def test_rows_are_sorted_by_their_words_in_the_readers_language():
    rows = [(1, "oso"), (2, "ñu"), (3, "nube"), (4, None)]

    with translation.override("es"):
        found = alphabetical(rows, by=lambda row: row[1])

    assert [number for number, _word in found] == [4, 3, 2, 1]
