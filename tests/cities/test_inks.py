"""Inks that can be seen, and the shades made of them."""

import re

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


def test_the_refusal_tells_the_contrast_and_a_shade_that_would_do():
    with pytest.raises(ValidationError) as refused:
        City(code="x", ink="#FFE08A").clean()

    told = refused.value.message_dict["ink"][0]
    shade = re.search(r"#[0-9A-F]{6}", told).group()
    assert "its contrast is 1.21 to 1" in told
    assert 3 <= inks.contrast(shade, inks.PAPER) < 3.2
    City(code="x", ink=shade).clean()


def test_what_is_made_of_an_ink_can_be_seen_by_day_and_by_night():
    ink = "#1D4E89"

    sheet = inks.theme_of([City(code="x", position=0, ink=ink)])

    shades = dict(re.findall(r"--(\S+): light-dark\((#\w+, #\w+)\)", sheet))
    (day, night), text, tint = (
        shades[name].split(", ") for name in ("city-a", "city-a-text", "city-a-tint")
    )
    assert inks.contrast(day, inks.PAPER) >= 3
    assert inks.contrast(night, inks.NIGHT_PAPER) >= 3
    assert all(inks.contrast(*pair) >= 4.5 for pair in zip(text, tint, strict=True))


@pytest.mark.parametrize("ink", ["", "#1D4E89"])
def test_a_city_without_an_ink_or_with_a_good_one_is_not(ink):
    City(code="x", ink=ink).clean()
