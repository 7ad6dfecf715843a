"""The bar for what is ticked: it stays in sight, and hides neither a low screen nor the focus."""

import re
from pathlib import Path

SHEET = Path(__file__).parents[2] / "site/static/css/admin/queue.css"
LOW = re.compile(r"@media \(min-height: \d+em\) \{\n.*?\n\}\n", re.DOTALL)


def test_the_bar_lies_over_the_text_only_where_the_screen_is_high_enough():
    css = SHEET.read_text("utf-8")

    (high,) = LOW.findall(css)
    assert "position: sticky" in high
    assert "sticky" not in LOW.sub("", css)


def test_whatever_the_keyboard_goes_to_stands_above_the_bar():
    (high,) = LOW.findall(SHEET.read_text("utf-8"))

    rule = re.search(r"([^{}]+)\{\s*scroll-margin-block-end: (\d+)rem", high)
    assert rule is not None
    assert "[data-queue] > :not(.ticked) *" in rule[1]  # the bar's own buttons need no room
    assert int(rule[2]) >= 12  # three rows of buttons on a phone, in Spanish


def test_a_field_one_writes_in_stands_above_the_bar_too():
    (high,) = LOW.findall(SHEET.read_text("utf-8"))

    rule = re.search(r"([^{}]+)\{\s*scroll-padding-block-end: (\d+)rem", high)
    assert rule is not None
    assert "main.content-wrapper:has(.ticked)" in rule[1]
    assert int(rule[2]) >= 10
