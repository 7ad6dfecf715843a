"""Room on the page: at widths between the phone and the desk, for large letters, for thumbs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from tests.journeys.browser import DESK, PHONE, open_everything, sideways_scroll
from tests.journeys.test_every_page import LANGUAGES, NARROWEST, READ

pytestmark = pytest.mark.journey

#: Twice what browsers begin with.
LARGE = 32
ROADMAPS = ("roadmap/", "hoja-de-ruta/")
LETTERS_ARE_HERE = "() => document.fonts.ready.then(() => true)"
LINES = """box => {
  const range = document.createRange()
  range.selectNode(box.lastChild)
  return new Set([...range.getClientRects()].map(one => Math.round(one.bottom))).size
}"""
EDGE = "box => getComputedStyle(box).borderBlockStartWidth"
LONGER = """() => document.querySelectorAll('.nav-list li').forEach(each => {
  each.after(each.cloneNode(true))
})"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_in_the_menu_breaks(language: str, open_page: Callable[..., Page]):
    page = open_page()
    page.goto(f"/{language}/")
    page.evaluate(LETTERS_ARE_HERE)

    for width in (DESK, 1366, 1100, 1000):
        page.set_viewport_size({"width": width, "height": 900})
        assert lines_of(page.locator(".nav-list a:visible")) <= {1}, width
        assert page.locator(".masthead").bounding_box()["height"] < 80, width
        assert page.locator(".brand .mark").bounding_box()["width"] == 56, width


def test_a_menu_of_twice_the_length_goes_on_in_another_line(open_page: Callable[..., Page]):
    page = open_page(width=DESK)
    page.goto("/es/")

    page.evaluate(LONGER)

    assert lines_of(page.locator(".nav-list a:visible")) == {1}
    assert sideways_scroll(page) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_large_letters_push_nothing_off_the_page(language: str, open_page: Callable[..., Page]):
    page = open_page(width=PHONE)
    sizes = {"fontSizes": {"standard": LARGE, "fixed": LARGE}}
    page.context.new_cdp_session(page).send("Page.setFontSizes", sizes)
    too_wide = {}
    for name in ("front page", "open consultation", "open event", "sign-up without an account"):
        page.goto(f"/{language}/{READ[name][LANGUAGES.index(language)]}")
        assert page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == "32px"
        if beyond := sideways_scroll(page):
            too_wide[name] = beyond
        menu = page.locator(".nav-toggle").bounding_box()
        assert menu["x"] + menu["width"] <= PHONE
    page.goto(f"/{language}/{ROADMAPS[LANGUAGES.index(language)]}")
    page.locator("#current a").click()
    open_everything(page)

    assert (too_wide, sideways_scroll(page)) == ({}, 0)


def test_letters_grown_on_a_page_with_its_own_size_push_nothing_off(
    open_page: Callable[..., Page],
):
    page = open_page(width=PHONE)
    page.goto("/es/")
    page.evaluate("size => { document.documentElement.style.fontSize = size }", f"{LARGE}px")
    page.evaluate(LETTERS_ARE_HERE)

    assert sideways_scroll(page) == 0


@pytest.mark.parametrize("name", ["front page", "open consultation"])
def test_the_three_answers_are_written_in_as_many_lines(name: str, open_page: Callable[..., Page]):
    page = open_page(width=PHONE)
    page.goto(f"/es/{READ[name][1]}")
    page.evaluate(LETTERS_ARE_HERE)

    for width in (PHONE, NARROWEST):
        page.set_viewport_size({"width": width, "height": 844})
        assert lines_of(page.locator(".vote button")) == {1}, width


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_of_the_statements_fit_a_phone(language: str, open_page: Callable[..., Page]):
    page = open_page(width=PHONE)
    page.goto(f"/{language}/{READ['closed consultation'][LANGUAGES.index(language)]}")
    open_everything(page)

    box = page.locator(".table-scroll:has(#statement-table)")

    assert box.evaluate("box => box.scrollWidth - box.clientWidth") == 0


def test_what_can_be_done_with_a_comment_is_large_enough_for_a_thumb(
    open_page: Callable[..., Page],
):
    page = open_page(width=PHONE, has_touch=True, is_mobile=True)
    page.goto(f"/en/{READ['open consultation'][0]}")

    heights = {one.bounding_box()["height"] for one in page.locator(".comment-foot > a").all()}

    assert len(heights) >= 1
    assert min(heights) >= 44


def test_edges_stay_where_the_reader_chooses_the_colours(open_page: Callable[..., Page]):
    page = open_page(forced_colors="active")
    page.goto("/en/roadmap/")
    page.locator("#current a").click()

    for box in (".bridge", ".span", ".item", ".filters", ".downloads a"):
        assert page.locator(box).first.evaluate(EDGE) == "1px", box


def test_on_paper_nothing_asks_to_be_pressed(open_page: Callable[..., Page]):
    page = open_page()
    page.goto(f"/en/{READ['open consultation'][0]}")
    page.emulate_media(media="print")

    acts = ".comment-foot button, .comment-foot > a:not(.chip)"  # beside how many support it
    pressed = page.locator(f".orders, {acts}, nav.chips, .vote button, .foot-base a")

    assert pressed.count() > 10
    assert [one for one in pressed.all() if one.is_visible()] == []


def lines_of(things: Locator) -> set[int]:
    """In how many lines each of them is written."""
    return {one.evaluate(LINES) for one in things.all()}
