"""A neighbour translates what somebody wrote, a moderator accepts it, and everybody reads it.

The neighbour's browser runs no script.
"""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import PHONE
from tests.journeys.steps import open_the_consultation
from tests.journeys.visitor import DEMO, Visitor
from tests.tools.turns import in_turn

pytestmark = pytest.mark.journey

#: A comment of the demo that nobody has translated, by the language it is read in.
UNTRANSLATED = {
    "en": "Que los pasos los pinten los niños de la otra ciudad",
    "es": "I moved here from the north",
}
NAMES = {"en": {"en": "English", "es": "Spanish"}, "es": {"en": "inglés", "es": "español"}}
LATER = {
    "en": "Aquí se acaba la acera y los niños van por la calzada",
    "es": "The pavement ends here and the children walk on the road",
}


@in_turn("language", ["es", "en"])
def test_a_neighbour_translates(
    language: str, open_page: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    text = f"{uuid4().hex[:8]} {language}"
    neighbour = Visitor(open_page(width=PHONE, java_script_enabled=False), language)
    moderator = Visitor(open_page(), "es")
    reader = Visitor(open_page(width=PHONE), language)

    propose(neighbour, text)
    accept(moderator, text, axe)
    read(reader, text)
    neighbour.link("My participation").click()
    neighbour.reads(text)
    neighbour.sees("Your translations")


@in_turn("language", ["en", "es"])
def test_an_author_corrects_the_language_that_was_guessed(
    language: str, open_page: Callable[..., Page]
) -> None:
    author = Visitor(open_page(width=PHONE, java_script_enabled=False), language)
    author.come_in(DEMO.format("resident.alder"))
    open_the_consultation(author)
    author.write("Your comment", f"{LATER[language]} {uuid4().hex[:8]}")
    author.button("Send for review").click()
    other, names = {"en": "es", "es": "en"}[language], NAMES[language]
    guess = "We took it to be written in %(language)s. You can correct that here:"
    author.sees(guess, language=names[other])

    author.page.get_by_role("status").get_by_role("link").last.click()
    author.page.locator("summary", has_text=LATER[language][:20]).first.click()
    author.button("It is in %(language)s", language=names[language]).first.click()
    author.sees("The language of your comment is corrected.")


def propose(neighbour: Visitor, text: str) -> None:
    neighbour.come_in(DEMO.format("resident.puerto"))
    open_the_consultation(neighbour)
    comment = neighbour.page.locator("article", has_text=UNTRANSLATED[neighbour.language])
    comment.get_by_role("link", name=neighbour.say("Translate it")).click()
    neighbour.page.locator("main textarea").fill(text)
    neighbour.button("Send the translation").click()
    neighbour.sees("Thank you. Somebody reads your translation, and we write to you.")


def accept(moderator: Visitor, text: str, axe: Callable[[Page], None]) -> None:
    moderator.come_in(DEMO.format("moderator"))
    moderator.link("Editing screens").click()
    moderator.page.get_by_role("link", name=moderator.say("Translations"), exact=True).click()
    axe(moderator.page)
    proposal = moderator.page.locator("section", has_text=text)
    proposal.get_by_role("button", name=moderator.say("Accept")).click()
    moderator.sees("Accepted. Readers see it now, and who wrote it is told.")


def read(reader: Visitor, text: str) -> None:
    reader.open_front_page()
    open_the_consultation(reader)
    comment = reader.page.locator("article", has_text=text)
    other = {"en": "es", "es": "en"}[reader.language]
    name = NAMES[reader.language][other]
    sentence = reader.say("Translated from %(language)s by a neighbour.", language=name)
    expect(comment.get_by_text(sentence)).to_be_visible()
    original = comment.locator(f'blockquote[lang="{other}"]')
    expect(original).to_be_hidden()
    comment.get_by_text(reader.say("Show the original")).click()
    expect(original).to_contain_text(UNTRANSLATED[reader.language])


def test_what_was_typed_is_still_there_in_the_other_language(
    open_page: Callable[..., Page],
) -> None:
    page, words = open_page(width=PHONE), "A bench by the gate, un banco junto a la puerta"
    resident, again = Visitor(page, "en"), Visitor(page, "es")
    resident.come_in(DEMO.format("resident.alder"))
    open_the_consultation(resident)
    resident.write("Your comment", words)

    page.get_by_role("link", name="Español", exact=True).click()

    expect(again.field("Your comment")).to_have_value(words)
    page.reload()
    expect(again.field("Your comment")).to_have_value("")
