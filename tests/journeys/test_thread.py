"""The first thread: from an account and a place to words, a promise, and back to the words.

Everything is clicked as a person would click it; once per language.
"""

import random
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from string import ascii_lowercase

import pytest
from django.utils.text import capfirst
from playwright.sync_api import Page, expect

from partnership.demo.texts import read
from tests.journeys.steps import (
    OPEN_CONSULTATION,
    Words,
    make_an_account,
    say_something,
    take_a_place,
    title_in_menu,
)
from tests.journeys.visitor import DEMO, Visitor

pytestmark = pytest.mark.journey

EDITORS = {"en": "editor.alder", "es": "editor.puerto"}
#: A promise of both cities, so that either editor may write down what it goes back to.
PROMISE = next(
    row
    for roadmap in read("roadmaps")["roadmaps"]
    if roadmap["years_ago"] == 0
    for row in roadmap["commitments"]
    if len(row["led_by"]) == 2
)


@pytest.fixture(params=["en", "es"])
def words(request: pytest.FixtureRequest) -> Words:
    # No digits: seven of them in a row would leave the public file as a telephone number.
    return Words(request.param, "".join(random.choices(ascii_lowercase, k=8)))


def test_the_first_thread(words: Words, open_page: Callable[..., Page], tmp_path: Path) -> None:
    def somebody(**options: bool) -> Visitor:
        return Visitor(open_page(**options), words.language)

    # Half a page cannot be kept yet: the editor's own saving answers 4xx until it can.
    editor, resident, reader = somebody(may_refuse=True), somebody(), somebody()
    analyst, moderator = Visitor(open_page(), "en"), Visitor(open_page(), "es")
    keeper = Visitor(open_page(), "en")

    publish_a_charrette(editor, words)
    make_an_account(resident, words)
    take_a_place(resident, words)
    say_something(resident, words)
    publish_the_comment(moderator, words)
    export_what_was_said(analyst, words, tmp_path)
    export_what_is_still_held_back(keeper, words, tmp_path)
    cite_the_comment(editor, words)
    walk_from_the_promise_to_the_words_and_back(reader, words)


# The steps ------------------------------------------------------------------------------------


def publish_a_charrette(editor: Visitor, words: Words) -> None:
    """An editor writes both languages side by side and publishes."""
    editor.open_front_page()
    editor.sign_in(DEMO.format(EDITORS[words.language]))
    editor.link("Editing screens").click()
    open_the_list_of_events(editor)
    editor.page.get_by_role("link", name=editor.say("Add child page")).first.click()
    kind = capfirst(editor.say("planning charrette"))
    editor.page.get_by_role("link", name=re.compile(f"^{kind}")).click()  # and what it is
    day = date.today() + timedelta(days=20)  # noqa: DTZ011 - any day in three weeks will do
    for code, title in words.charrette.items():
        editor.page.locator(f"#id_title_{code}").fill(title)
        editor.page.locator(f"#id_summary_{code}").fill(f"{title}.")
    for name, hour in (("starts_at", "10:00"), ("ends_at", "16:00")):
        editor.page.locator(f"#id_{name}").fill(f"{day} {hour}")
    editor.page.locator(f"#id_title_{editor.language}").click()  # which closes the calendar
    editor.page.locator("#id_capacity").fill("12")
    publish(editor)


def open_the_list_of_events(editor: Visitor) -> None:
    """Down the tree of pages: the front page, then the events."""
    editor.page.get_by_role("button", name=editor.say("Pages"), exact=True).or_(
        editor.page.get_by_role("link", name=editor.say("Pages"), exact=True)
    ).first.click()
    home = read("pages")["home"]["title"][editor.language]
    editor.page.get_by_role("link", name=home, exact=True).first.click()
    events = title_in_menu("events", editor.language)
    explore = editor.say("Explore child pages of '%(title)s'", title=events)
    editor.page.get_by_role("link", name=explore, exact=True).click()


def publish(editor: Visitor) -> None:
    editor.page.get_by_role("button", name=editor.say("More actions")).click()
    editor.page.get_by_role("button", name=editor.say("Publish"), exact=True).click()
    expect(editor.page.locator(".messages .success")).to_be_visible()


def publish_the_comment(moderator: Visitor, words: Words) -> None:
    """One queue for both languages; this one waits in it."""
    moderator.open_front_page()
    moderator.sign_in(DEMO.format("moderator"))
    moderator.link("Editing screens").click()
    moderator.page.get_by_role("link", name=moderator.say("Moderation"), exact=True).click()
    waiting = moderator.page.locator("section", has_text=words.comment)
    expect(waiting).to_contain_text(words.name)
    waiting.get_by_role("button", name=re.compile(f"^{moderator.say('Publish')}")).click()
    moderator.sees("Published. The author is told.")


def export_what_was_said(analyst: Visitor, words: Words, folder: Path) -> None:
    """The public file holds the comment, no answer before the close, nothing of who spoke."""
    open_the_export(analyst, "analyst")
    everything = exported(analyst, folder)
    assert words.comment in everything
    assert words.answer not in everything
    assert words.name not in everything
    assert words.email not in everything


def export_what_is_still_held_back(keeper: Visitor, words: Words, folder: Path) -> None:
    """Whoever may read names gets the answer before the close, and says what for."""
    open_the_export(keeper, "admin")
    keeper.choose("Staff: with names and e-mail addresses")
    keeper.field("Reason").fill("To prepare the meeting")
    everything = exported(keeper, folder)
    assert words.answer in everything
    assert words.comment in everything


def open_the_export(member: Visitor, account: str) -> None:
    member.open_front_page()
    member.sign_in(DEMO.format(account))
    member.link("Editing screens").click()
    drawer = member.page.get_by_role("button", name=member.say("Consultations"), exact=True)
    way = member.page.get_by_role("link", name=member.say("Exports"), exact=True)
    expect(drawer.or_(way)).to_be_visible()
    if drawer.is_visible():  # whoever sees much has it in a drawer
        drawer.click()
    way.click()
    member.link(OPEN_CONSULTATION["title"]["en"]).click()


def exported(member: Visitor, folder: Path) -> str:
    with member.page.expect_download() as download:
        member.button("Export").click()
    download.value.save_as(folder / "export.zip")
    with zipfile.ZipFile(folder / "export.zip") as tables:
        return "\n".join(tables.read(name).decode("utf-8-sig") for name in tables.namelist())


def cite_the_comment(editor: Visitor, words: Words) -> None:
    """The promise goes back to the comment: chosen in a window, by its words."""
    editor.page.get_by_role("button", name=editor.say("Roadmap"), exact=True).click()
    editor.page.get_by_role("link", name=editor.say("Commitments"), exact=True).click()
    editor.page.get_by_role("link", name=re.compile(PROMISE["title"][words.language])).click()
    editor.page.get_by_role(
        "button", name=editor.say("Add %(label)s", label=editor.say("Evidence").lower())
    ).click()
    editor.page.get_by_role("button", name=editor.say("Choose a comment")).last.click()
    window = editor.page.get_by_role("dialog")
    window.get_by_label(editor.say("Words in it")).fill(words.mark)
    window.get_by_role("link", name=words.comment).click()
    editor.page.get_by_role("button", name=editor.say("Save"), exact=True).click()
    expect(editor.page.locator(".messages .success")).to_be_visible()


def walk_from_the_promise_to_the_words_and_back(reader: Visitor, words: Words) -> None:
    """A reader without an account follows the chip, and the way back."""
    reader.open_front_page()
    reader.choose_from_menu(title_in_menu("roadmap", words.language))
    reader.page.locator("#current").get_by_role("link").click()
    item = reader.page.locator(f"#item-{PROMISE['number']}")
    chip = reader.say(
        "%(consultation)s: a comment", consultation=OPEN_CONSULTATION["title"][words.language]
    )
    item.get_by_role("link", name=re.compile(re.escape(chip))).last.click()

    comment = reader.page.locator("article", has_text=words.comment)
    expect(comment).to_be_in_viewport()
    assert reader.page.url.endswith(f"#{comment.get_attribute('id')}")
    expect(comment).to_contain_text(words.name.split()[0])
    expect(comment).not_to_contain_text(words.name)

    comment.get_by_role("link", name=PROMISE["title"][words.language]).click()
    expect(item).to_be_in_viewport()
    assert reader.page.url.endswith(f"#item-{PROMISE['number']}")
