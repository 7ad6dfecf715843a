"""Somebody writes an idea, a moderator publishes it, the other city supports it in its language."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from partnership.demo.texts import read
from tests.journeys.browser import PHONE
from tests.journeys.visitor import DEMO, Visitor
from tests.tools.turns import in_turn

pytestmark = pytest.mark.journey

CONSULTATION = read("water_and_shade")
TITLES = {"en": "Hammocks under the plane trees", "es": "Hamacas bajo los plátanos del muelle"}
TEXTS = {
    "en": "Where people wait for the ferry there is shade and nothing to lie on.",
    "es": "Donde la gente espera el barco hay sombra y nada donde tumbarse.",
}
ACCOUNTS = {"en": "resident.alder", "es": "resident.puerto"}


@in_turn("language", ["es", "en"])
def test_an_idea_goes_from_one_city_to_the_other(
    language: str, open_page: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    title, other = f"{TITLES[language]} {uuid4().hex[:6]}", {"en": "es", "es": "en"}[language]
    author = Visitor(open_page(width=PHONE, java_script_enabled=False, may_refuse=True), language)
    moderator = Visitor(open_page(), "es")
    supporter = Visitor(open_page(width=PHONE), other)

    write(author, title)
    publish(moderator, title)
    support(supporter, title, axe)

    letter = author.newest_mail_to(DEMO.format(ACCOUNTS[language]))
    assert letter.language == language


def open_the_ideas(visitor: Visitor) -> None:
    visitor.choose_from_menu(visitor.say("Consultations"))
    title = CONSULTATION["title"][visitor.language]
    visitor.follow(visitor.page.get_by_role("link", name=title).first)


def write(author: Visitor, title: str) -> None:
    author.come_in(DEMO.format(ACCOUNTS[author.language]))
    open_the_ideas(author)
    author.follow(author.button("Write an idea"))
    author.write("What should happen, where and why?", TEXTS[author.language])
    author.follow(author.button("Send for review"))
    author.sees("Give your idea a title.")
    author.reads(TEXTS[author.language])
    author.write("Your idea in a few words", title)
    author.follow(author.button("Send for review"))
    author.sees("Thank you. Somebody reads it before it is shown, and we write to you.")


def publish(moderator: Visitor, title: str) -> None:
    moderator.come_in(DEMO.format("moderator"))
    moderator.page.goto("/admin/comments/?kind=residents_idea")
    waiting = moderator.page.locator("section", has_text=title)
    waiting.get_by_role("button", name=moderator.say("Publish")).click()
    moderator.sees("Published. The author is told.")


def support(supporter: Visitor, title: str, axe: Callable[[Page], None]) -> None:
    supporter.come_in(DEMO.format(ACCOUNTS[supporter.language]))
    open_the_ideas(supporter)
    supporter.page.locator("#ideas ~ p a").first.click()
    axe(supporter.page)
    supporter.page.get_by_role("link", name=title).first.click()
    press = supporter.page.get_by_role("button", name=supporter.say("I support this"))
    expect(press).to_have_attribute("aria-pressed", "false")
    press.click()
    expect(press).to_have_attribute("aria-pressed", "true")
    expect(press).to_contain_text("1")
    axe(supporter.page)
