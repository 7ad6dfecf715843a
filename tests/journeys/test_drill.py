"""A drill run on a phone without scripts: found in the month, ticked, taken back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from partnership.demo.texts import read
from tests.journeys.browser import PHONE
from tests.journeys.visitor import DEMO, Visitor
from tests.tools.turns import in_turn

pytestmark = pytest.mark.journey
EDITORS = {"en": "editor.alder", "es": "editor.puerto"}
DRILL = next(row for row in read("events")["events"] if row["key"] == "high-water")
ITEMS = read("drills")["checklists"][0]["items"]


@in_turn("language", ["en", "es"])
def test_a_drill_is_run_on_a_phone_without_scripts(language: str, open_page: Callable[..., Page]):
    editor = Visitor(open_page(width=PHONE, java_script_enabled=False), language)
    editor.come_in(DEMO.format(EDITORS[language]))
    editor.choose_from_menu(editor.say("All events"))
    editor.page.get_by_text(editor.say("Filter by kind, city or day")).click()
    editor.link("Drills").click()
    editor.page.get_by_role("link", name=DRILL["title"][language], exact=True).first.click()
    editor.link("Run the checklist").click()
    number = {"en": 0, "es": 1}[language]
    item = editor.page.locator(f"#item-{number + 1}")

    item.get_by_role("button").click()
    expect(item).to_contain_text(ITEMS[number]["text"][language])
    expect(item.get_by_role("button", name=editor.say("Take back"))).to_be_visible()

    editor.page.get_by_role("link", name=DRILL["title"][language], exact=True).first.click()
    expect(editor.page.locator(f"#item-{number + 1}.is-done")).to_be_visible()

    editor.link("Run the checklist").click()
    item.get_by_role("button").click()
    expect(item.get_by_role("button", name=editor.say("Done"))).to_be_visible()
