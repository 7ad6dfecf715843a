"""What looks through texts of strangers takes a moment, however long and odd they are."""

from time import process_time

import pytest

from consultations.codes.refusals import NumbersNotUnderstood
from consultations.codes.services import read_numbers
from consultations.maps.pressing import NAME
from events.reports.presenting import LINK
from partnership.interface.templatetags.reaching import to_reach
from partnership.outbox.letters import TRAILING
from partnership.publication import holds_link
from partnership.tables.cells import plain_cell

LENGTH = 30_000  # signs; with the square of them each of these took more than ten seconds


def read_anyhow(text):
    with pytest.raises(NumbersNotUnderstood):
        read_numbers(f"1{text}x")


LOOKING = {
    "links": holds_link,
    "cells": lambda text: plain_cell(f"={text}"),
    "mailboxes": to_reach,
    "ends of lines": lambda text: TRAILING.sub("", text),
    "names of fields": NAME.fullmatch,
    "numbers of codes": read_anyhow,
    "links of a report": LINK.match,
}


@pytest.mark.parametrize("look", LOOKING.values(), ids=LOOKING)
@pytest.mark.parametrize("sign", [" ", "\n", "\t", "a", "1", "-", ".", "a.", "a-", "@a", ";"])
def test_long_odd_texts_take_a_moment(look, sign):
    text = "x" + sign * (LENGTH // len(sign)) + "x"
    begun = process_time()

    look(text)

    assert process_time() - begun < 2


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("\n\n=1+1", "\n\n'=1+1"),
        (" \n =1", " \n' =1"),
        ("a;;=1", "a;;'=1"),
        ("\u200b=1", "'\u200b=1"),
    ],
)
def test_a_formula_behind_line_breaks_is_none_either(text, cell):
    assert plain_cell(text) == cell


@pytest.mark.parametrize("text", ["see http://x.y", "git+ssh://x", "www.x", "a-b.com", "x.es!"])
def test_links_are_found_as_before(text):
    assert holds_link(text)
