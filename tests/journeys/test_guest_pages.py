"""What only guests see, on a phone with scripts: no barrier, on refused pages neither."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from partnership.demo.texts import read
from tests.journeys.browser import PHONE, barriers, sideways_scroll
from tests.journeys.steps import Words, open_the_consultation, title_in_menu
from tests.journeys.visitor import Visitor
from tests.tools.turns import in_turn

pytestmark = pytest.mark.journey
COUNTERS = read("counters")


@in_turn("language", ["es", "en"])
def test_no_page_of_a_guest_has_a_barrier(language: str, open_page: Callable[..., Page]):
    guest = Visitor(open_page(width=PHONE, may_refuse=True), language)
    words = Words(language, uuid4().hex[:8])

    guest.open_front_page()
    open_the_consultation(guest)
    found = first_vote(guest, words)
    guest.follow(guest.button("Answer the questions"))
    guest.follow(guest.button("Send my answers"))
    found |= look(guest, "questions, refused")
    found |= own_page(guest, words)

    assert found == {}


@in_turn("language", ["en", "es"])
def test_no_page_of_anonymous_questions_has_a_barrier(
    language: str, open_page: Callable[..., Page]
):
    guest = Visitor(open_page(width=PHONE, may_refuse=True), language)
    words = Words(language, uuid4().hex[:8])

    guest.open_front_page()
    guest.choose_from_menu(title_in_menu("consultations", guest.language))
    title = COUNTERS["title"][guest.language]
    guest.follow(guest.page.get_by_role("link", name=title, exact=True).first)
    guest.follow(guest.button("Answer the questions"))
    found = look(guest, "address")
    tell(guest, words)
    guest.follow(guest.button("Send me the code"))
    type_the_code(guest, words, "Confirm and go on")
    guest.follow(guest.button("Send my answers for good"))
    found |= look(guest, "anonymous, refused")

    assert found == {}


def first_vote(guest: Visitor, words: Words) -> dict[str, list[str]]:
    """The address, the code, and the page of whoever takes part."""
    guest.follow(guest.button("Agree"))
    agree = guest.button("Send my answer: %(answer)s", answer=guest.say("Agree"))
    guest.follow(agree)
    found = look(guest, "vote, refused")
    tell(guest, words)
    guest.follow(agree)
    guest.follow(guest.button("Confirm, and count my vote"))
    found |= look(guest, "code, refused")
    type_the_code(guest, words, "Confirm, and count my vote")
    guest.is_told("Your address is confirmed, and your vote is sent.")
    return found | look(guest, "consultation of a guest")


def own_page(guest: Visitor, words: Words) -> dict[str, list[str]]:
    """What the site holds about the address, and the form that erases it."""
    letter = guest.newest_mail_to(words.email)
    guest.page.goto(letter.links[-1])
    found = look(guest, "own address")
    guest.follow(guest.button("Send me the code"))
    type_the_code(guest, words, "Confirm and go on")
    found |= look(guest, "everything")
    guest.follow(guest.link("Erase what you gave"))
    guest.follow(guest.button("Erase it for good"))
    return found | look(guest, "erase, refused")


def tell(guest: Visitor, words: Words) -> None:
    guest.write("Your name", words.name)
    guest.write("E-mail address", words.email)
    guest.choose("Puerto Almendro")


def type_the_code(guest: Visitor, words: Words, button: str) -> None:
    guest.write("Code from the mail", guest.newest_mail_to(words.email).code)
    guest.follow(guest.button(button))


def look(guest: Visitor, name: str) -> dict[str, list[str]]:
    """What stands in the way on the page as it is now; a refused one says first what is wrong."""
    if name.endswith("refused"):
        expect(guest.page.get_by_role("alert").first).to_be_focused()
    lines = barriers(guest.page)
    if beyond := sideways_scroll(guest.page):
        lines.append(f"{beyond} pixels too wide")
    return {name: lines} if lines else {}
