"""The second city signs and everybody reads the answers; texts are coded, with and without keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from partnership.demo.texts import read
from tests.journeys.browser import PHONE, barriers
from tests.journeys.visitor import DEMO, Visitor

pytestmark = pytest.mark.journey
STREETS, HARBOUR = read("summer_streets"), read("harbour")
SHEET = next(row for row in read("answers")["sheets"] if row["consultation"] == "summer-streets")


def test_with_the_second_signature_the_answers_are_there(open_page: Callable[..., Page]):
    signer = Visitor(open_page(java_script_enabled=False), "es")
    signer.come_in(DEMO.format("editor.puerto"))
    signer.page.goto("/admin/")
    title = signer.say("Answers to “%(consultation)s”", consultation=STREETS["title"]["es"])
    signer.page.get_by_role("link", name=title).click()
    for row in SHEET["answers"]:
        signer.reads(row["text"]["en"])
        signer.reads(row["text"]["es"])
    signer.button("Sign for %(city)s", city="Puerto Almendro").click()
    signer.sees("Every city has signed")

    reader = Visitor(open_page(width=PHONE), "en")
    reader.open_front_page()
    reader.choose_from_menu("Consultations")
    reader.page.get_by_role("link", name=STREETS["title"]["en"], exact=True).first.click()
    reader.page.get_by_role("link", name=reader.say("We asked, you said, we did")).first.click()
    for row in SHEET["answers"]:
        reader.reads(row["text"]["en"])
    assert barriers(reader.page) == []


@pytest.mark.parametrize(
    ("account", "language", "scripts"), [("analyst", "en", True), ("editor.alder", "en", False)]
)
def test_one_text_after_the_other_is_put_under_a_theme(
    account: str, language: str, scripts: bool, open_page: Callable[..., Page]
):
    coder = Visitor(open_page(java_script_enabled=scripts), language)
    coder.come_in(DEMO.format(account))
    coder.page.goto("/admin/analysis/")
    coder.page.get_by_role("link", name=HARBOUR["title"][language], exact=True).click()
    coder.link("Code the next text").click()
    words = coder.page.locator("blockquote")
    first = words.inner_text()
    second_theme = coder.page.get_by_role("checkbox").nth(1)

    if scripts:
        coder.page.wait_for_load_state()  # until then nothing listens for keys
        coder.page.keyboard.press("2")
        expect(second_theme).to_be_checked()
        coder.page.keyboard.press("Enter")
    else:
        second_theme.check()
        coder.button("Keep and go on").click()

    expect(words).not_to_have_text(first)
    if scripts:  # without them no timer runs, and the check would wait for ever
        assert barriers(coder.page) == []
