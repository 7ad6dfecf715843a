"""A pin is set on the map: without leaving the page where scripts run, and anyhow elsewhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import PHONE
from tests.journeys.visitor import DEMO, Visitor
from tests.tools.turns import in_turn

pytestmark = pytest.mark.journey

FORMS = {
    "en": "/en/consultations/water-and-shade-your-ideas/ideas/write/",
    "es": "/es/consultas/agua-y-sombra-tus-ideas/ideas/escribir/",
}
WORDS = {"en": "A fountain here", "es": "Aquí una fuente"}
STAYED = "() => window.stayed === true"


@pytest.fixture
def resident(language: str, open_page: Callable[..., Page]) -> Visitor:
    """Somebody who has begun to write an idea, on a phone."""
    resident = Visitor(open_page(width=PHONE, may_be_offline=True), language)
    resident.come_in(DEMO.format({"en": "resident.alder", "es": "resident.puerto"}[language]))
    resident.page.goto(FORMS[language])
    resident.write("Your idea in a few words", WORDS[language])
    resident.page.evaluate("() => { window.stayed = true }")
    return resident


def press(resident: Visitor) -> None:
    resident.page.locator("input[type=image]:visible").click(position={"x": 90, "y": 60})
    resident.sees("The pin is set.")


@in_turn("language", ["es", "en"])
def test_a_pin_is_set_moved_and_removed_on_the_page(
    resident: Visitor, axe: Callable[[Page], None]
) -> None:
    page, point = resident.page, resident.page.locator("[name=point]")

    press(resident)
    first = point.input_value()
    expect(page.locator("input[type=image]:focus")).to_be_visible()
    expect(page.locator("svg.map-pin")).to_be_in_viewport()
    axe(page)
    move = resident.button("Move it north")
    move.press("Enter")
    expect(point).not_to_have_value(first)
    expect(move).to_be_focused()
    resident.button("Remove the pin").click()
    expect(point).to_have_value("")

    assert page.evaluate(STAYED)
    expect(resident.field("Your idea in a few words")).to_have_value(WORDS[resident.language])


@in_turn("language", ["en", "es"])
def test_when_that_fails_the_whole_page_comes_with_the_pin(resident: Visitor) -> None:
    page = resident.page
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()) }")

    press(resident)

    assert not page.evaluate(STAYED)
    expect(page.locator("[name=point]")).not_to_have_value("")
    expect(resident.field("Your idea in a few words")).to_have_value(WORDS[resident.language])


@in_turn("language", ["es", "en"])
def test_a_browser_that_does_not_tell_where_sends_the_form_itself(resident: Visitor) -> None:
    page = resident.page
    page.evaluate(
        "() => { const own = FormData; window.FormData = function (form) { return new own(form) } }"
    )

    press(resident)

    assert not page.evaluate(STAYED)
    expect(page.locator("[name=point]")).not_to_have_value("")
