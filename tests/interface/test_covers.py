"""Prints: always the same for the same page, and neither city may dominate one."""

from collections import Counter

import pytest

from partnership.interface.covers import KINDS, Dice, cover, tile_inks
from partnership.interface.emblems import hero_art, mark, ribbon


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_always_gets_the_same_print(kind: str, wide: bool):
    first = cover(kind, "school-street", wide=wide)

    assert cover(kind, "school-street", wide=wide) == first
    assert cover(kind, "harbour-steps", wide=wide) != first


@pytest.mark.parametrize("kind", KINDS)
def test_a_print_has_a_plate_for_each_city_and_for_what_they_share(kind: str):
    svg = cover(kind, "school-street")

    assert [svg.count(f'<g class="ink-{ink}">') for ink in "mab"] == [1, 1, 1]


@pytest.mark.parametrize("tiles", [15, 30])
def test_a_quilt_deals_both_cities_the_same_number_of_tiles(tiles: int):
    for seed in range(50):
        dealt = Counter(tile_inks(Dice(str(seed)), tiles))

        assert dealt["a"] == dealt["b"]
        assert dealt.total() == tiles


def test_a_kind_without_a_drawing_gets_the_quilt():
    assert cover("symposium", "x") != ""


def test_the_seed_never_enters_the_markup():
    svg = cover("festival", '"><script>alert(1)</script>')

    assert "script" not in svg


def test_drawings_carry_no_inline_style():
    drawings = [*(cover(kind, "x", wide=True) for kind in KINDS), hero_art(), mark(), ribbon()]

    assert [drawing for drawing in drawings if "style=" in drawing] == []
