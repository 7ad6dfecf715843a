"""What an event leaves behind: written by its editors, read on a phone without scripts."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from partnership.demo.texts import read
from tests.journeys.browser import PHONE
from tests.journeys.steps import title_in_menu
from tests.journeys.visitor import DEMO, Visitor
from tests.tools.turns import in_turn

pytestmark = pytest.mark.journey
LEFT = read("reports")
EVENT = next(row for row in read("events")["events"] if row["key"] == "first-sketches")
REPORT = next(row for row in LEFT["reports"] if row["event"] == EVENT["key"])
DEBRIEF = next(row for row in LEFT["debriefs"] if row.get("event") == EVENT["key"])
BOARD = next(row for row in LEFT["boards"] if row["event"] == EVENT["key"])
#: Of last year's promises, one for each language that nobody has looked back at.
PROMISES = {row["number"]: row for row in read("roadmaps")["roadmaps"][0]["commitments"]}
FORGOTTEN = {"en": PROMISES[2], "es": PROMISES[5]}
EDITORS = {"en": "editor.alder", "es": "editor.puerto"}


@in_turn("language", ["en", "es"])
def test_report_boards_and_debrief_are_read_from_one_end_to_the_other(
    language: str, open_page: Callable[..., Page]
):
    reader = Visitor(open_page(width=PHONE, java_script_enabled=False), language)
    open_the_event(reader)
    reader.reads(REPORT["decisions"][language].splitlines()[0])

    reader.page.get_by_role("link", name=f"1. {BOARD['title'][language]}", exact=True).click()
    reader.reads(BOARD["explanation"][language])
    reader.page.get_by_role("link", name=reader.say("Vote and read on")).first.click()
    reader.sees("This is about a board")
    reader.page.get_by_role("link", name=f"1. {BOARD['title'][language]}", exact=True).click()
    reader.sees("What do you say?")

    open_the_event(reader)
    with reader.page.expect_navigation():
        reader.page.locator("section[aria-labelledby=report] a[href$='#conversation']").click()
    note = next(row for row in REPORT["notes"] if row["language"] == language)
    turn_pages_to(reader, note["text"])
    reader.reads(note["text"])
    reader.page.get_by_role("link", name=EVENT["title"][language]).first.click()

    reader.reads(DEBRIEF["went_well"][language])
    reader.link("All lessons of the partnership").click()
    reader.reads(DEBRIEF["lessons"][0]["text"][language])
    reader.sees("Already taken up")


@in_turn("language", ["es", "en"])
def test_an_editor_looks_back_at_a_promise_and_residents_read_it(
    language: str, open_page: Callable[..., Page]
):
    editor = Visitor(open_page(), language)
    promise = FORGOTTEN[language]
    editor.come_in(DEMO.format(EDITORS[language]))
    editor.link("Editing screens").click()
    editor.page.get_by_role("link", name=promise["title"][language], exact=True).click()
    editor.page.locator("#id_held_on").or_(editor.page.locator("#id_commitment")).wait_for()
    if editor.page.locator("#id_commitment").count():  # the clock has not opened one so late
        save(editor)

    editor.page.locator("#id_held_on").fill("2026-01-09")
    for column in ("went_well", "to_change"):
        for code in ("en", "es"):
            editor.page.locator(f"#id_{column}_{code}").fill(f"{column} {promise['number']} {code}")
    editor.page.locator("#id_is_published").check()
    save(editor)

    reader = Visitor(open_page(width=PHONE, java_script_enabled=False), language)
    reader.open_front_page()
    reader.choose_from_menu(title_in_menu("roadmap", language))
    last_year = str(date.today().year - 1)  # noqa: DTZ011 - as the demo counts its years
    reader.page.get_by_role("link", name=last_year).first.click()
    item = reader.page.locator(f"#item-{promise['number']}")
    item.get_by_text(reader.say("Why, what it costs and more")).click()
    item.get_by_text(reader.say("What we take with us")).click()
    expect(item.get_by_text(f"went_well {promise['number']} {language}")).to_be_visible()


def save(editor: Visitor) -> None:
    editor.page.locator("main button[type=submit].button-longrunning").first.click()
    expect(editor.page.locator(".messages .success")).to_be_visible()


def open_the_event(reader: Visitor) -> None:
    """From the front page to what has been."""
    reader.open_front_page()
    reader.choose_from_menu(reader.say("Charrettes"))
    reader.link("Past").first.click()
    reader.page.get_by_role("link", name=EVENT["title"][reader.language], exact=True).first.click()


def turn_pages_to(reader: Visitor, text: str) -> None:
    """Newer comments may have moved it to a later page of the conversation."""
    later = reader.page.locator("a[rel=next][href*='#conversation']")
    while reader.page.get_by_text(text).count() == 0 and later.count():
        with reader.page.expect_navigation():  # what is counted must have arrived
            later.click()
