"""A sum is divided: too much is refused and nothing lost, then it is counted and shown."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from partnership.demo.texts import read
from tests.journeys.browser import PHONE, barriers
from tests.journeys.demo_server import DemoSite
from tests.journeys.steps import title_in_menu
from tests.journeys.visitor import DEMO, Visitor

pytestmark = pytest.mark.journey

SQUARE = read("square")
PROJECTS = SQUARE["questions"][0]
FIRST_IS_A_CHOICE = """
select consultation_id from consultations_question where type = 'single_choice' and sort_order = 0
"""


@pytest.mark.parametrize(
    ("account", "language", "scripts"),
    [("resident.alder", "en", True), ("resident.puerto", "es", False)],
)
def test_a_resident_spends_too_much_and_then_within_the_sum(
    account: str, language: str, scripts: bool, open_page: Callable[..., Page]
):
    phone = open_page(width=PHONE, java_script_enabled=scripts, may_refuse=True)
    resident = Visitor(phone, language)
    resident.come_in(DEMO.format(account))
    resident.choose_from_menu(title_in_menu("consultations", language))
    resident.follow(resident.link(SQUARE["title"][language]))
    resident.follow(resident.page.get_by_role("button", name=answering(resident)).first)
    purse = resident.page.locator("output")

    resident.tick(box(resident, PROJECTS["options"][0]))
    expect(purse).to_be_in_viewport(ratio=1)
    for project in PROJECTS["options"]:
        resident.tick(box(resident, project))
    if scripts:
        expect(purse).to_contain_text(re.compile(r"104,250 .*44,250"))
    resident.follow(resident.page.get_by_role("button", name=sending(resident)))
    resident.is_told("There is a problem")
    expect(purse).to_contain_text(re.compile(r"104.250.*44.250"))

    for project in PROJECTS["options"][2:]:
        box(resident, project).uncheck()
    if scripts:
        expect(purse).to_contain_text("€38,500")
        assert barriers(resident.page) == []
    resident.follow(resident.page.get_by_role("button", name=sending(resident)))
    resident.is_told("Thank you. Your answers are counted; you can change them here.")
    resident.sees("in the sum")
    resident.sees("beyond the sum")


def test_an_editor_sees_what_only_a_sum_has_under_a_sum_alone(
    open_page: Callable[..., Page], demo_site: DemoSite
):
    key, *_others = demo_site.ask(FIRST_IS_A_CHOICE)
    editor = Visitor(open_page(), "es")
    editor.come_in(DEMO.format("editor.puerto"))
    editor.page.goto(f"/admin/pages/{key}/edit/")
    for panel in ("[data-panel]:has(#id_questions-FORMS)", "#inline_child_questions-0"):
        editor.unfold(editor.page.locator(f"{panel} [data-panel-toggle]").first)
    kind = editor.page.locator("[name=questions-0-type]")
    cost = editor.page.locator("[name=questions-0-options-0-cost]")

    expect(kind).to_have_value("single_choice")
    expect(cost).to_be_hidden()

    editor.pick(kind, "budget")
    expect(cost).to_be_visible()
    expect(editor.page.locator("[name=questions-0-budget]")).to_be_visible()


def box(resident: Visitor, project: dict) -> Locator:
    label = re.compile(re.escape(project["label"][resident.language]))
    return resident.page.get_by_role("checkbox", name=label)


def answering(resident: Visitor) -> re.Pattern[str]:
    """The way to the questions, for somebody who has answered before, too."""
    return either(resident, "Answer the questions", "Change your answers")


def sending(resident: Visitor) -> re.Pattern[str]:
    return either(resident, "Send my answers", "Change my answers")


def either(resident: Visitor, *words: str) -> re.Pattern[str]:
    return re.compile("|".join(f"^{re.escape(resident.say(each))}$" for each in words))
