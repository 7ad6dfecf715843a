"""A second step at sign-in: set up with a phone's app, signed in with, and with a recovery code."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import translation
from django.utils.translation import ngettext
from playwright.sync_api import Page, expect

from tests.journeys.browser import DESK, PHONE, sideways_scroll
from tests.journeys.keyboard import OnlyKeys
from tests.journeys.steps import PASSWORD, Words, make_an_account
from tests.journeys.visitor import Visitor
from tests.tools.authenticator import code_of
from tests.tools.turns import in_turn

pytestmark = pytest.mark.journey

NARROWEST = 320
LEFT = (
    "You have %(left)s recovery code left, for when your phone is not at hand.",
    "You have %(left)s recovery codes left, for when your phone is not at hand.",
)
SIGNED_IN = (
    "You signed in with a recovery code. %(left)s is left.",
    "You signed in with a recovery code. %(left)s are left.",
)


@in_turn(("language", "width"), [("en", DESK), ("es", PHONE)])
def test_a_resident_sets_it_up_and_signs_in_with_it(language: str, page: Page, axe):
    resident, words = Visitor(page, language), Words(language, uuid4().hex[:8])
    make_an_account(resident, words)
    walk_to_the_set_up(resident)
    key = sets_it_up(resident, axe)
    codes = keeps_the_codes(resident, axe)

    is_asked_for_a_code(resident, words)
    nothing_in_the_way(resident, axe)
    gives(resident, code_of(key, later=1))
    expect(resident.button("Sign out")).to_be_visible()
    is_asked_for_a_code(resident, words)
    gives(resident, codes[0])
    resident.reads(counted(resident, SIGNED_IN, 9))

    turns_it_off(resident, codes[1])


@in_turn("language", ["es", "en"])
def test_it_needs_neither_scripts_nor_a_pointer(language: str, open_page: Callable[..., Page]):
    phone = open_page(width=PHONE, java_script_enabled=False)
    resident, words = OnlyKeys(phone, language), Words(language, uuid4().hex[:8])
    make_an_account(resident, words)
    walk_to_the_set_up(resident)

    key = phone.locator("main code").inner_text()
    resident.write("Code from the app", code_of(key))
    resident.follow(resident.button("Turn it on"))

    expect(phone.locator("main li code")).to_have_count(10)


def walk_to_the_set_up(resident: Visitor) -> None:
    resident.follow(resident.link("My participation"))
    resident.follow(resident.link("Change your details"))
    resident.follow(resident.link("Second step at sign-in"))
    resident.follow(resident.link("Set up the second step"))
    resident.write("Password", PASSWORD)
    resident.follow(resident.button("Go on"))


def sets_it_up(resident: Visitor, axe) -> str:
    """Scan nothing, type the key into the app, and mistype its first code."""
    key = resident.page.locator("main code").inner_text()
    picture = resident.page.get_by_alt_text(resident.say("A picture of the key that stands below"))
    assert picture.evaluate("each => each.complete && each.naturalWidth > 0")
    nothing_in_the_way(resident, axe)

    resident.write("Code from the app", "000000")
    resident.follow(resident.button("Turn it on"))
    expect(resident.page.get_by_role("alert")).to_be_focused()
    expect(resident.page.locator("main code")).to_have_text(key)
    nothing_in_the_way(resident, axe)
    resident.write("Code from the app", code_of(key))
    resident.follow(resident.button("Turn it on"))
    resident.is_told("The second step is on.")
    return key


def keeps_the_codes(resident: Visitor, axe) -> list[str]:
    codes = resident.page.locator("main li code").all_inner_texts()
    nothing_in_the_way(resident, axe)
    with resident.page.expect_download() as download:
        resident.link("Download as a text file").click()
    file = Path(download.value.path()).read_text()
    assert file.splitlines()[2:] == codes
    expect(resident.button("Print")).to_be_visible()

    resident.follow(resident.link("I have kept them: go on"))
    resident.reads(counted(resident, LEFT, 10))
    nothing_in_the_way(resident, axe)
    return codes


def is_asked_for_a_code(resident: Visitor, words: Words) -> None:
    resident.follow(resident.link("My participation"))
    resident.follow(resident.button("Sign out"))
    resident.follow(resident.link("My participation"))
    resident.write("E-mail address", words.email)
    resident.write("Password", PASSWORD)
    resident.follow(resident.button("Sign in"))


def gives(resident: Visitor, code: str) -> None:
    resident.write("Code from the app, or a recovery code", code)
    resident.follow(resident.button("Sign in"))


def turns_it_off(resident: Visitor, recovery: str) -> None:
    resident.follow(resident.link("Change your details"))
    resident.follow(resident.link("Second step at sign-in"))
    resident.follow(resident.link("Turn off the second step"))
    resident.follow(resident.link("Use a code of the app instead"))
    resident.write("Code from the app, or a recovery code", recovery)
    resident.follow(resident.button("Go on"))
    resident.follow(resident.button("Turn it off"))
    resident.is_told("The second step is off.")


def counted(resident: Visitor, words: tuple[str, str], left: int) -> str:
    with translation.override(resident.language):
        return ngettext(*words, left) % {"left": left}


def nothing_in_the_way(resident: Visitor, axe) -> None:
    """No barrier, and no page wider than the narrowest phone."""
    axe(resident.page)
    size = resident.page.viewport_size
    resident.page.set_viewport_size({"width": NARROWEST, "height": 844})
    assert sideways_scroll(resident.page) == 0
    resident.page.set_viewport_size(size)
