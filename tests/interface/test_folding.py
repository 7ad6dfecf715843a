"""A column of a thousand words does not push everybody else's off the page."""

import pytest

from partnership.interface.folding import folded

WORDS = "\n".join(f"word{number}" for number in range(1000))


def test_a_long_column_of_lines_is_folded_and_nothing_of_it_is_lost():
    parts = folded(WORDS)

    assert parts.shown.splitlines() == WORDS.splitlines()[:14]
    assert f"{parts.shown}\n{parts.rest}" == WORDS
    assert parts.lines == 986


def test_blank_lines_take_room_and_are_not_counted():
    parts = folded("a" + "\n" * 40 + "b")

    assert (parts.shown.strip(), parts.rest, parts.lines) == ("a", "b", 1)


@pytest.mark.parametrize("text", ["", "One.", "\n".join("abc" * 5), "x" * 2000, "\r\n".join("ab")])
def test_what_is_short_or_one_paragraph_is_shown_as_it_is(text):
    assert folded(text)[1:] == ("", 0)
    assert folded(text).shown.split() == text.split()


def test_long_paragraphs_are_parted_between_them():
    parts = folded("\n\n".join(["y" * 500] * 3))

    assert [len(half.split()) for half in parts[:2]] == [2, 1]
