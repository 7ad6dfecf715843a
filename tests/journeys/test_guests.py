"""Without an account and without scripts, on a phone: say it, come back, change it, be erased."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from partnership.demo.texts import read
from tests.journeys.browser import PHONE
from tests.journeys.steps import (
    OPEN_CONSULTATION,
    Words,
    answer_one,
    open_the_consultation,
    title_in_menu,
)
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

COUNTERS = read("counters")
SENTENCE = {"en": "Lamps that see who is coming", "es": "Farolas que ven a quien se acerca"}
MINUTES = next(row for row in OPEN_CONSULTATION["questions"] if row["identifier"] == "minutes")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_guest_takes_part_comes_back_and_goes(language: str, open_page: Callable[..., Page]):
    phone = open_page(width=PHONE, java_script_enabled=False, may_refuse=True)
    guest, words = Visitor(phone, language), Words(language, uuid4().hex[:8])
    guest.open_front_page()
    open_the_consultation(guest)

    confirms_the_address_with_a_first_vote(guest, words)
    answers_proposes_and_comments(guest, words)
    guest.button("Finish, and leave this device to somebody else").click()
    guest.sees("Done. The next person at this device starts anew.")

    comes_back_and_changes(guest, words)
    sees_everything_and_goes(guest, words)


def confirms_the_address_with_a_first_vote(guest: Visitor, words: Words) -> None:
    """What is missing is said, what was typed stays, and nothing counts before the code."""
    guest.button("Agree").click()
    guest.write("Your name", words.name)
    guest.page.get_by_role("button", name=yes(guest, "Agree"), exact=True).click()
    guest.sees("Write your e-mail address.")
    expect(guest.field("Your name")).to_have_value(words.name)
    guest.write("E-mail address", words.email)
    guest.choose("Puerto Almendro")
    guest.page.get_by_role("button", name=yes(guest, "Agree"), exact=True).click()
    guest.sees("What you sent is held and not counted yet.")

    guest.write("Code from the mail", "0000-0000")
    guest.button("Confirm and send it on").click()
    guest.sees("This is not the code we sent. Look at the newest mail.")
    type_the_code(guest, words, "Confirm and send it on")
    guest.sees("You take part as a guest")


def answers_proposes_and_comments(guest: Visitor, words: Words) -> None:
    guest.button("Disagree").click()  # the next one, counted at once
    guest.button("Answer the questions").click()
    for question in OPEN_CONSULTATION["questions"]:
        if "shown_if" not in question:
            answer_one(guest, question, words)
    guest.button("Send my answers").click()
    guest.sees("Thank you. Your answers are counted; you can change them here.")

    own = f"{SENTENCE[guest.language]} {words.mark}"
    guest.page.locator("#propose_text").fill(own)
    guest.button("Propose this statement").click()
    guest.sees("Thank you. Somebody reads it before others can vote, and we write to you.")
    guest.write("Your comment", words.comment)
    guest.button("Send for review").click()
    guest.sees("Thank you. Somebody reads it before it is shown, and we write to you.")


def comes_back_and_changes(guest: Visitor, words: Words) -> None:
    """With the same address and a new code the answers are there to be changed."""
    guest.button("Not sure").click()
    guest.write("Your name", words.name)
    guest.write("E-mail address", words.email.upper())
    guest.choose("Puerto Almendro")
    guest.page.get_by_role("button", name=yes(guest, "Not sure"), exact=True).click()
    type_the_code(guest, words, "Confirm and send it on")

    guest.button("Change your answers").click()
    guest.sees("These are your answers so far. What you send now replaces them.")
    minutes = guest.page.get_by_label(MINUTES["text"][guest.language])
    expect(minutes).to_have_value("12")
    minutes.fill("900")
    guest.button("Change my answers").click()
    expect(minutes).to_have_value("900")
    expect(guest.page.get_by_role("alert").first).to_be_visible()
    minutes.fill("25")
    guest.button("Change my answers").click()
    guest.sees("Thank you. Your answers are counted; you can change them here.")


def sees_everything_and_goes(guest: Visitor, words: Words) -> None:
    """The link in the mail sends a code, the code opens everything, and a form erases it."""
    letter = guest.newest_mail_to(words.email)
    links = re.findall(r"https?://\S+", letter.text)
    guest.page.goto(urlsplit(links[-1]).path)
    guest.sees("We send the code to the address this link was mailed to.")
    guest.button("Send me the code").click()
    type_the_code(guest, words, "Confirm and go on")
    guest.reads(words.comment)
    guest.reads(f"{SENTENCE[guest.language]} {words.mark}")
    guest.reads("25")

    guest.link("Erase what you gave").click()
    guest.button("Erase it for good").click()
    guest.sees("Choose what shall become of your words.")
    guest.choose(guest.say("It goes; replies of others stay"))
    guest.button("Erase it for good").click()
    guest.sees("Your name and address are erased. Thank you for taking part.")


def type_the_code(guest: Visitor, words: Words, button: str) -> None:
    guest.write("Code from the mail", guest.newest_mail_to(words.email).code)
    guest.button(button).click()


def yes(guest: Visitor, answer: str) -> str:
    """The button that counts what was chosen."""
    return guest.say("Yes, count it: %(answer)s", answer=guest.say(answer))


@pytest.mark.parametrize("language", ["en", "es"])
def test_anonymous_questions_open_after_the_address(language: str, open_page: Callable[..., Page]):
    phone = open_page(width=PHONE, java_script_enabled=False, may_refuse=True)
    guest, words = Visitor(phone, language), Words(language, uuid4().hex[:8])
    guest.open_front_page()
    guest.choose_from_menu(title_in_menu("consultations", language))
    guest.page.get_by_role("link", name=COUNTERS["title"][language], exact=True).first.click()
    guest.button("Answer the questions").click()
    guest.sees("Your answers are anonymous")

    guest.write("Your name", words.name)
    guest.button("Send me the code").click()
    guest.sees("Write your e-mail address.")
    guest.write("E-mail address", words.email)
    guest.choose("Alder Bay")
    guest.button("Send me the code").click()
    type_the_code(guest, words, "Confirm and go on")
    guest.choose(COUNTERS["questions"][0]["options"][0]["label"][language])
    guest.button("Send my answers for good").click()

    guest.sees("Thank you. Your answers are counted, and nobody can tell which are yours.")
    guest.sees(
        "You have answered. Nobody knows which answers are yours, so they cannot be changed."
    )
