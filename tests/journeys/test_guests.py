"""Without an account and without scripts, on a phone: say it, come back, change it, be erased.

The whole way with nothing but keys; anonymous questions with a pointer.
"""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from partnership.demo.texts import read
from tests.journeys.browser import PHONE
from tests.journeys.keyboard import OnlyKeys
from tests.journeys.steps import (
    OPEN_CONSULTATION,
    Words,
    answer_one,
    go_down_to,
    open_the_consultation,
    title_in_menu,
)
from tests.journeys.visitor import Visitor
from tests.tools.turns import in_turn

pytestmark = pytest.mark.journey

COUNTERS = read("counters")
SENTENCE = {"en": "Lamps that see who is coming", "es": "Farolas que ven a quien se acerca"}
MINUTES = next(row for row in OPEN_CONSULTATION["questions"] if row["identifier"] == "minutes")


@in_turn("language", ["es", "en"])
def test_a_guest_takes_part_comes_back_and_goes(language: str, open_page: Callable[..., Page]):
    phone = open_page(width=PHONE, java_script_enabled=False, may_refuse=True)
    guest, words = OnlyKeys(phone, language), Words(language, uuid4().hex[:8])
    guest.open_front_page()
    open_the_consultation(guest)

    confirms_the_address_with_a_first_vote(guest, words)
    answers_proposes_and_comments(guest, words)
    guest.follow(guest.button("Finish, and leave this device to somebody else"))
    guest.sees("Done. The next person at this device starts anew.")

    comes_back_and_changes(guest, words)
    sees_everything_and_goes(guest, words)


def confirms_the_address_with_a_first_vote(guest: Visitor, words: Words) -> None:
    """What is missing is said, what was typed stays, and nothing counts before the code."""
    guest.follow(guest.button("Agree"))
    guest.write("Your name", words.name)
    guest.follow(yes(guest, "Agree"))
    guest.sees("Write your e-mail address.")
    the_summary_leads_to(guest, guest.field("E-mail address"))
    expect(guest.field("Your name")).to_have_value(words.name)
    guest.write("E-mail address", words.email)
    guest.choose("Puerto Almendro")
    guest.follow(yes(guest, "Agree"))
    guest.sees("Your vote is not counted yet")

    guest.write("Code from the mail", "0000-0000")
    guest.follow(guest.button("Confirm, and count my vote"))
    guest.sees("This is not the code we sent. Look at the newest mail.")
    the_summary_leads_to(guest, guest.field("Code from the mail"))
    type_the_code(guest, words, "Confirm, and count my vote")
    guest.is_told("Your address is confirmed, and your vote is sent.")
    guest.sees("You take part as a guest")


def answers_proposes_and_comments(guest: Visitor, words: Words) -> None:
    guest.follow(guest.button("Disagree"))  # the next one, counted at once
    guest.follow(guest.button("Answer the questions"))
    for question in OPEN_CONSULTATION["questions"]:
        if "shown_if" not in question:
            answer_one(guest, question, words)
    guest.follow(guest.button("Send my answers"))
    guest.is_told("Thank you. Your answers are counted; you can change them here.")

    own = f"{SENTENCE[guest.language]} {words.mark}"
    go_down_to(guest, "Propose a statement")
    guest.fill(guest.page.locator("#propose_text"), own)
    guest.follow(guest.button("Propose this statement"))
    guest.is_told("Thank you. Somebody reads it before others can vote, and we write to you.")
    go_down_to(guest, "Write a comment")
    guest.write("Your comment", words.comment)
    guest.follow(guest.button("Send for review"))
    guest.is_told("Thank you. Somebody reads it before it is shown, and we write to you.")


def comes_back_and_changes(guest: Visitor, words: Words) -> None:
    """With the same address and a new code the answers are there to be changed."""
    guest.follow(guest.button("Not sure"))
    guest.write("Your name", words.name)
    guest.write("E-mail address", words.email.upper())
    guest.choose("Puerto Almendro")
    guest.follow(yes(guest, "Not sure"))
    type_the_code(guest, words, "Confirm, and count my vote")

    guest.follow(guest.button("Change your answers"))
    guest.sees("These are your answers so far. What you send now replaces them.")
    minutes = guest.page.get_by_label(MINUTES["text"][guest.language])
    expect(minutes).to_have_value("12")
    guest.fill(minutes, "900")
    guest.follow(guest.button("Change my answers"))
    expect(minutes).to_have_value("900")
    the_summary_leads_to(guest, minutes)
    guest.fill(minutes, "25")
    guest.follow(guest.button("Change my answers"))
    guest.is_told("Thank you. Your answers are counted; you can change them here.")


def sees_everything_and_goes(guest: Visitor, words: Words) -> None:
    """The link in the mail sends a code, the code opens everything, and a form erases it."""
    guest.page.goto(guest.newest_mail_to(words.email).links[-1])
    guest.sees("We send the code to the address this link was mailed to.")
    guest.follow(guest.button("Send me the code"))
    type_the_code(guest, words, "Confirm and go on")
    guest.reads(words.comment)
    guest.reads(f"{SENTENCE[guest.language]} {words.mark}")
    guest.reads("25")

    guest.follow(guest.link("Erase what you gave"))
    guest.follow(guest.button("Erase it for good"))
    guest.sees("Choose what shall become of your words.")
    the_summary_leads_to(guest, guest.page.get_by_role("radio").first)
    guest.choose(guest.say("It goes; replies of others stay"))
    guest.follow(guest.button("Erase it for good"))
    guest.sees("Your name and address are erased. Thank you for taking part.")


def the_summary_leads_to(guest: Visitor, field: Locator) -> None:
    """The page opens at what is wrong, and from there one press leads to the field."""
    summary = guest.page.get_by_role("alert").first
    expect(summary).to_be_focused()
    guest.unfold(summary.get_by_role("link").first)
    expect(field).to_be_focused()


def type_the_code(guest: Visitor, words: Words, button: str) -> None:
    guest.write("Code from the mail", guest.newest_mail_to(words.email).code)
    guest.follow(guest.button(button))


def yes(guest: Visitor, answer: str) -> Locator:
    """The button that sends what was chosen."""
    return guest.button("Send my answer: %(answer)s", answer=guest.say(answer))


@in_turn(("language", "who"), [("en", Visitor), ("es", OnlyKeys)])
def test_anonymous_questions_open_after_the_address(
    language: str, who: type[Visitor], open_page: Callable[..., Page]
):
    phone = open_page(width=PHONE, java_script_enabled=False, may_refuse=True)
    guest, words = who(phone, language), Words(language, uuid4().hex[:8])
    guest.open_front_page()
    guest.choose_from_menu(title_in_menu("consultations", language))
    guest.follow(guest.page.get_by_role("link", name=COUNTERS["title"][language], exact=True).first)
    guest.follow(guest.button("Answer the questions"))
    guest.sees("Your answers are anonymous")

    guest.write("Your name", words.name)
    guest.follow(guest.button("Send me the code"))
    guest.sees("Write your e-mail address.")
    the_summary_leads_to(guest, guest.field("E-mail address"))
    guest.write("E-mail address", words.email)
    guest.choose("Alder Bay")
    guest.follow(guest.button("Send me the code"))
    type_the_code(guest, words, "Confirm and go on")
    guest.choose(COUNTERS["questions"][0]["options"][0]["label"][language])
    guest.follow(guest.button("Send my answers for good"))

    guest.is_told("Thank you. Your answers are counted, and nobody can tell which are yours.")
    guest.sees(
        "You have answered. Nobody knows which answers are yours, so they cannot be changed."
    )
