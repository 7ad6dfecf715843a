"""What is typed into a form is still there when its reader changes the language."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from partnership.demo.texts import read
from tests.journeys.browser import PHONE
from tests.journeys.steps import PASSWORD
from tests.journeys.visitor import DEMO, Visitor

pytestmark = pytest.mark.journey

EVENT = next(row for row in read("events")["events"] if row["key"] == "school-street")


def test_a_form_about_a_place_keeps_who_comes_in_the_other_language(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(width=PHONE)
    guest, again = Visitor(page, "en"), Visitor(page, "es")
    guest.open_front_page()
    guest.choose_from_menu(guest.say("Charrettes"))
    guest.follow(page.get_by_role("link", name=EVENT["title"]["en"], exact=True).first)
    guest.follow(guest.button("Continue"))
    guest.write("Your name", "Rosa Quintana")
    guest.write("How many people are you?", "3")
    guest.write("Anything you need to take part?", "A ramp")
    page.get_by_role("radio", name="Either", exact=True).check()

    page.get_by_role("link", name="Español", exact=True).click()

    expect(again.field("Your name")).to_have_value("Rosa Quintana")
    expect(again.field("How many people are you?")).to_have_value("3")
    expect(again.field("Anything you need to take part?")).to_have_value("A ramp")
    expect(page.get_by_role("radio", name=again.say("Either"), exact=True)).to_be_checked()


def test_a_place_on_the_map_is_seen_in_the_other_language_too(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(width=PHONE)
    resident = Visitor(page, "en")
    resident.come_in(DEMO.format("resident.alder"))
    page.goto("/en/consultations/water-and-shade-your-ideas/ideas/write/")
    page.locator("input[type=image]:visible").click(position={"x": 90, "y": 60})
    resident.sees("The pin is set.")
    pin = page.locator("[name=point]").input_value()

    page.get_by_role("link", name="Español", exact=True).click()

    expect(page.locator("[name=point]")).to_be_visible()
    expect(page.locator("[name=point]")).to_have_value(pin)


def test_the_form_to_join_keeps_everything_but_the_password(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(width=PHONE)
    newcomer, again = Visitor(page, "en"), Visitor(page, "es")
    newcomer.open_front_page()
    newcomer.follow(newcomer.link("My participation"))
    newcomer.follow(newcomer.link("No account yet? Join"))
    newcomer.write("Your name", "Rosa Quintana")
    newcomer.write("Password", PASSWORD)

    page.get_by_role("link", name="Español", exact=True).click()

    expect(again.field("Your name")).to_have_value("Rosa Quintana")
    expect(again.field("Password")).to_have_value("")
    expect(page.get_by_role("radio", name="Español", exact=True)).to_be_checked()
