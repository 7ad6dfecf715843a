"""A city prints codes; on a phone without scripts one of them lets somebody answer, once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from partnership.demo.texts import read
from tests.journeys.browser import PHONE
from tests.journeys.demo_server import DemoSite
from tests.journeys.keyboard import OnlyKeys
from tests.journeys.visitor import DEMO, Visitor
from tests.tools.turns import in_turn

pytestmark = pytest.mark.journey
NIGHTS = read("hot_nights")


@in_turn(("language", "city", "who"), [("en", "alder", OnlyKeys), ("es", "puerto", Visitor)])
def test_somebody_without_e_mail_answers_with_a_code(
    language: str,
    city: str,
    who: type[Visitor],
    open_page: Callable[..., Page],
    demo_site: DemoSite,
):
    editor = Visitor(open_page(java_script_enabled=False), language)
    editor.come_in(DEMO.format(f"editor.{city}"))
    phone = open_page(width=PHONE, java_script_enabled=False, may_refuse=True)
    resident = who(phone, language)
    resident.open_front_page()
    resident.choose_from_menu(resident.say("Consultations"))
    title = NIGHTS["title"][language]
    resident.follow(resident.page.get_by_role("link", name=title, exact=True).first)

    editor.page.goto(f"/admin/consultations/{demo_site.key_of(NIGHTS['title']['en'])}/codes/")
    editor.write("How many codes", "1")
    editor.button("Make and print").click()
    code = editor.page.locator(".slip-code").inner_text()

    resident.follow(resident.button("Type my code").first)
    resident.write("Your code", "K7TM 4XRD 9CHP")
    resident.follow(resident.button("Take part"))
    expect(resident.field("Your code")).to_have_value("K7TM 4XRD 9CHP")
    resident.write("Your code", code.lower().replace("-", " "))
    resident.follow(resident.button("Take part"))
    resident.follow(resident.button("Answer the questions"))
    resident.sees("Your answers are anonymous")
    resident.choose(NIGHTS["questions"][0]["options"][1]["label"][language])
    resident.follow(resident.button("Send my answers for good"))
    resident.sees("Thank you. Your answers are counted, and nobody can tell which are yours.")

    resident.follow(resident.link("Finish, and leave this device to somebody else"))
    resident.follow(resident.button("I have finished"))
    resident.sees("Done. The next person at this device starts anew.")
    resident.sees("Take part with a code")
