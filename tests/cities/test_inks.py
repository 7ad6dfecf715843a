"""Inks that can be seen, and the shades made of them."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from partnership.cities import inks
from partnership.cities.models import City

colours = st.from_regex(r"#[0-9A-F]{6}", fullmatch=True)


def test_contrast_is_that_of_the_guidelines():
    assert inks.contrast("#000000", "#FFFFFF") == 21
    assert inks.contrast("#777777", "#777777") == 1
    assert round(inks.contrast("#2A1B45", inks.PAPER), 2) == 14.81


@given(ink=colours, ground=st.sampled_from([inks.PAPER, inks.WHITE, inks.NIGHT_PAPER]))
def test_every_ink_can_be_made_readable_on_every_ground(ink, ground):
    shade = inks.readable(ink, ground, inks.LEAST_FOR_TEXT)

    assert inks.contrast(shade, ground) >= inks.LEAST_FOR_TEXT


def test_an_ink_that_reads_stays_as_it_is():
    assert inks.readable("#2A40B8", inks.PAPER, inks.LEAST_FOR_TEXT) == "#2A40B8"


def test_a_city_with_too_pale_an_ink_is_refused():
    with pytest.raises(ValidationError, match="too pale"):
        City(code="x", ink="#FFE08A").clean()


@pytest.mark.parametrize("ink", ["", "#1D4E89"])
def test_a_city_without_an_ink_or_with_a_good_one_is_not(ink):
    City(code="x", ink=ink).clean()
