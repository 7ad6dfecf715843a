"""Two editors of two cities: one writes, the other reads, and then it is published."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from partnership.demo.texts import read
from tests.journeys.browser import DESK
from tests.journeys.visitor import DEMO, Visitor
from tests.tools.turns import in_turn

pytestmark = pytest.mark.journey

EDITORS = {"en": "editor.alder", "es": "editor.puerto"}
CITY = {"en": "Alder Bay", "es": "Puerto Almendro"}
#: A page for each author, so that the two journeys do not meet.
PAGE = {"en": "accessibility", "es": "privacy"}


@pytest.mark.parametrize("width", [DESK])
@in_turn("author_language", ["es", "en"])
def test_a_page_goes_from_one_city_to_the_other_and_to_its_readers(
    open_page, demo_site, axe, width, author_language
):
    other = {"en": "es", "es": "en"}[author_language]
    author = Visitor(open_page(width=width), author_language)
    reviewer = Visitor(open_page(width=width, may_refuse=True), other)
    texts = next(row for row in read("pages")["standard"] if row["key"] == PAGE[author_language])
    mark = uuid.uuid4().hex[:6]

    key = demo_site.key_of(texts["title"]["en"])
    send_to_review(author, key, texts, mark)
    read_the_mail(reviewer, texts["title"][other])
    sign(reviewer, texts["title"][other], mark, axe)

    letter = author.newest_mail_to(DEMO.format(EDITORS[author_language]))
    assert letter.language == author_language
    title = texts["title"][author_language]
    whole = author.say("Every city has signed: %(title)s", title=title)
    assert letter.subject in {whole, f"{whole[: len(letter.subject) - 1]}…"}  # a long title is cut
    assert len(letter.subject) >= min(len(whole), 60)
    reader = Visitor(open_page(width=width), other)
    reader.open_front_page()
    reader.link(texts["title"][other]).click()
    reader.reads(f"{mark} ({other})")


def send_to_review(author: Visitor, key: int, texts: dict, mark: str) -> None:
    author.come_in(DEMO.format(EDITORS[author.language]))
    page = author.page
    page.goto(f"/admin/pages/{key}/edit/")
    for code in ("en", "es"):
        page.locator(f"#id_lead_{code}").fill(f"{texts['intro'][code]} {mark} ({code})")
    page.get_by_role("button", name=author.say("More actions")).click()
    page.get_by_role("button", name=re.compile(re.escape(" + ".join(CITY.values())))).click()
    expect(page.locator(".messages .success")).to_be_visible()


def read_the_mail(reviewer: Visitor, title: str) -> None:
    letter = reviewer.newest_mail_to(DEMO.format(EDITORS[reviewer.language]))
    assert letter.language == reviewer.language
    assert letter.subject == reviewer.say("Please read for your city: %(title)s", title=title)


def sign(reviewer: Visitor, title: str, mark: str, axe) -> None:
    reviewer.come_in(DEMO.format(EDITORS[reviewer.language]))
    page = reviewer.page
    reviewer.link("Editing screens").click()
    expect(page.get_by_role("heading", name=reviewer.say("Waiting for your city"))).to_be_visible()
    axe(page)
    reviewer.link(title).first.click()
    for code, name in {"en": "English", "es": "Español"}.items():
        expect(page.get_by_role("columnheader", name=name, exact=True)).to_be_visible()
        expect(page.locator(f'td.comparison[lang="{code}"]', has_text=mark)).to_be_visible()
    axe(page)
    reviewer.button("Ask for changes").click()
    reviewer.sees("Say what should be changed.")
    axe(page)
    reviewer.button("Sign for %(city)s", city=CITY[reviewer.language]).click()
    reviewer.sees("Signed. Every city has read the page, and it is published.")
