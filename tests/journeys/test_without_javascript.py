"""On a phone without scripts, and with a keyboard only: every task can still be done."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from partnership.demo.texts import read
from tests.journeys.browser import DESK, PHONE
from tests.journeys.keyboard import OnlyKeys
from tests.journeys.steps import Words, join, say_something, title_in_menu
from tests.journeys.visitor import Visitor
from tests.tools.turns import in_turn

pytestmark = pytest.mark.journey

EVENT = next(row for row in read("events")["events"] if row["key"] == "school-street")


@in_turn(("language", "who"), [("en", OnlyKeys), ("es", Visitor)])
def test_a_resident_needs_no_script(
    language: str, who: type[Visitor], open_page: Callable[..., Page]
):
    """From the event's page to an account and back to what was chosen; then one's say."""
    words = Words(language, uuid4().hex[:8])
    resident = who(open_page(width=PHONE, java_script_enabled=False), language)
    resident.open_front_page()
    resident.choose_from_menu(resident.say("Charrettes"))
    title = EVENT["title"][language]
    resident.follow(resident.page.get_by_role("link", name=title, exact=True).first)
    resident.write("How many people are you?", "2")
    resident.follow(resident.button("Continue"))
    resident.follow(resident.button("Make an account"))
    join(resident, words)

    expect(resident.field("How many people are you?")).to_have_value("2")
    resident.follow(resident.button("Reserve my place"))
    resident.sees("You have a place. We have sent you an e-mail with everything.")
    say_something(resident, words)

    resident.follow(resident.link("My participation"))
    resident.reads(title)


@in_turn("language", ["es", "en"])
def test_the_keyboard_reaches_content_menu_and_languages(
    language: str, open_page: Callable[..., Page]
):
    visitor = Visitor(open_page(width=DESK), language)
    visitor.open_front_page()

    visitor.page.keyboard.press("Tab")
    expect(visitor.link("Skip to main content")).to_be_focused()
    expect(visitor.link("Skip to main content")).to_be_in_viewport()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()

    visitor.page.goto(visitor.page.url.partition("#")[0])
    other = {"en": "Español", "es": "English"}[language]
    tab_to(visitor.page, other)
    visitor.page.keyboard.press("Enter")
    changed = {"en": "es", "es": "en"}[language]
    visitor.page.wait_for_url(f"**/{changed}/")
    expect(visitor.page.locator("html")).to_have_attribute("lang", changed)


@in_turn("language", ["en", "es"])
def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(
    language: str, open_page: Callable[..., Page]
):
    visitor = Visitor(open_page(width=PHONE), language)
    visitor.open_front_page()
    consultations = title_in_menu("consultations", language)
    menu = visitor.page.get_by_role("navigation", name=visitor.say("Main"), exact=True)

    tab_to(visitor.page, visitor.say("Menu"))
    visitor.page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    visitor.page.keyboard.press("Enter")
    tab_to(visitor.page, consultations)
    visitor.page.keyboard.press("Enter")

    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(
        re.compile(rf"^\s*{re.escape(consultations)}\s*$")
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_switcher_keeps_the_page(language: str, open_page: Callable[..., Page]):
    visitor = Visitor(open_page(), language)
    visitor.open_front_page()
    visitor.choose_from_menu(visitor.say("Charrettes"))
    visitor.page.get_by_role("link", name=EVENT["title"][language], exact=True).first.click()

    other = {"en": "es", "es": "en"}[language]
    visitor.page.locator(f".langs a[lang={other}]").click()

    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(EVENT["title"][other])
    expect(visitor.page.locator("html")).to_have_attribute("lang", other)


def tab_to(page: Page, words: str) -> None:
    """Press the tabulator until what is focused bears these words."""
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.innerText").strip() == words:
            return
    raise AssertionError(f"The keyboard does not reach “{words}”.")
