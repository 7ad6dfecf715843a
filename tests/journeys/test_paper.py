"""Sheets of paper are typed in with nothing but keys: one after the other, each of them once."""

import random
from collections.abc import Callable
from string import ascii_uppercase

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import barriers
from tests.journeys.demo_server import DemoSite
from tests.journeys.keyboard import OnlyKeys
from tests.journeys.steps import OPEN_CONSULTATION, Words, answer_one
from tests.journeys.visitor import DEMO, Visitor

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    ("account", "language", "scripts"),
    [("editor.alder", "en", True), ("editor.puerto", "es", False)],
)
def test_a_pile_of_sheets_is_typed_in_by_keyboard(
    account: str,
    language: str,
    scripts: bool,
    open_page: Callable[..., Page],
    demo_site: DemoSite,
):
    clerk = OnlyKeys(open_page(java_script_enabled=scripts, may_refuse=True), language)
    clerk.come_in(DEMO.format(account))
    # By its address: what leads there in the editing screens has a journey of its own.
    key = demo_site.key_of(OPEN_CONSULTATION["title"]["en"])
    clerk.page.goto(f"/admin/consultations/{key}/paper/")
    # Letters only: zeros before a digit are no part of a number.
    words = Words(language, "".join(random.choices(ascii_uppercase, k=8)))
    number = f"{words.mark}-7"

    type_in(clerk, words, number)
    clerk.reads(told(clerk, "Sheet %(number)s is counted. Its receipt: %(code)s", number))
    type_in(clerk, words, number)
    clerk.reads(told(clerk, "This sheet is counted already: %(name)s typed it in on %(day)s."))
    if scripts:  # without them no timer runs, and the check would wait for ever
        assert barriers(clerk.page) == []
    expect(the_number(clerk)).to_be_focused()
    number = f"{words.mark}-8"
    clerk.fill(the_number(clerk), number)
    clerk.page.keyboard.press("Enter")  # nothing else that was typed is lost
    clerk.reads(told(clerk, "Sheet %(number)s is counted. Its receipt: %(code)s", number))

    clerk.follow(clerk.page.get_by_role("button", name=clerk.say("Take it out")).first)
    taken_out = "Sheet %(number)s is not counted any more; you can type it in again."
    clerk.reads(told(clerk, taken_out, number))


def type_in(clerk: Visitor, words: Words, number: str) -> None:
    """From the number, where the form begins, to what must be answered."""
    expect(the_number(clerk)).to_be_focused()
    clerk.fill(the_number(clerk), number)
    for question in OPEN_CONSULTATION["questions"]:
        if question["required"]:
            answer_one(clerk, question, words)
    clerk.follow(clerk.button("Count this sheet"))


def the_number(clerk: Visitor) -> Locator:
    return clerk.field("Number of the sheet")


def told(clerk: Visitor, words: str, number: str = "") -> str:
    """What is said of a sheet, as far as a journey can know it."""
    said = clerk.say(words)
    return said.partition("%(name)s")[0].partition(" %(code)s")[0] % {"number": number.upper()}
