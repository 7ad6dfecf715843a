"""An editor's day with two languages: refused, signed for, published, brought in step again."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from partnership.demo.texts import read
from tests.journeys.demo_server import DemoSite
from tests.journeys.visitor import DEMO, Visitor
from tests.tools.turns import in_turn

pytestmark = pytest.mark.journey
EDITORS = {"en": "editor.alder", "es": "editor.puerto"}
OWN_NAME = {"en": "English", "es": "Español"}
OTHER = {"en": "es", "es": "en"}
BY_ITSELF = "application/json"
#: Milliseconds in which what was written is saved by itself once the form is watched, and in which
#: a press that does not wait has been sent.
SOON, LONG_ENOUGH = 2_000, 1_200
TWO_BRIDGES = "SELECT COUNT(*) FROM pages_basepage WHERE title_en LIKE 'Two bridges%'"
FRONT_PAGE = read("pages")["home"]["title"]["en"]


@in_turn("language", ["es", "en"])
def test_two_languages_from_the_first_draft_to_still_right(
    language: str,
    open_page: Callable[..., Page],
    demo_site: DemoSite,
    axe: Callable[[Page], None],
):
    editor = Visitor(open_page(), language)
    other = OTHER[language]
    editor.come_in(DEMO.format(EDITORS[language]))
    open_a_new_text(editor, demo_site)

    write(editor, f"title_{language}", f"Two rivers {language}")
    publish(editor)
    find_the_missing_title(editor, other)
    axe(editor.page)

    sign_for_both(editor)
    publish(editor)
    expect(editor.page.locator(".messages .success")).to_be_visible()
    read_the_note(editor, other)

    editor.page.get_by_role("link", name=f"Two rivers {language}").first.click()
    write(editor, f"title_{other}", f"Two rivers {other}")
    save(editor)
    write(editor, f"title_{language}", f"Two rivers and a bridge {language}")
    save(editor)
    see_what_changed(editor, language)
    axe(editor.page)

    still_right = editor.page.locator(f"#words-title_{other}").get_by_role("button")
    still_right.click()
    expect(editor.page.locator(".messages .success")).to_be_visible()
    expect(editor.page.locator(".words__state--stale")).to_have_count(0)


def test_a_press_waits_for_what_is_being_saved_by_itself(
    open_page: Callable[..., Page], demo_site: DemoSite
):
    """Sent side by side, both would make the page, and the address would be taken for one."""
    editor = Visitor(open_page(), "en")
    editor.come_in(DEMO.format("admin"))
    open_a_new_text(editor, demo_site)
    on_their_way = []
    editor.page.route("**/admin/pages/add/**", lambda route: on_their_way.append(route))

    write(editor, "title_es", "Dos puentes")
    write_until_it_is_being_saved(editor, "title_en", "Two bridges")
    editor.page.get_by_role("button", name="More actions").click()
    editor.page.get_by_role("button", name="Publish", exact=True).click(no_wait_after=True)
    editor.page.wait_for_timeout(LONG_ENOUGH)
    assert [route.request.header_value("accept") for route in on_their_way] == [BY_ITSELF]
    on_their_way[0].continue_()
    said = editor.page.get_by_text("Write this in English before publishing.", exact=True)
    expect(said).to_be_visible()

    assert re.search(r"/admin/pages/\d+/edit/$", editor.page.url)
    assert demo_site.ask(TWO_BRIDGES) == [1]


# The steps ------------------------------------------------------------------------------------


def open_a_new_text(editor: Visitor, demo_site: DemoSite) -> None:
    """Below the front page, by its address: the first thread goes there through the tree."""
    editor.page.goto(f"/admin/pages/add/home/standardpage/{demo_site.key_of(FRONT_PAGE)}/")


def write(editor: Visitor, column: str, words: str) -> None:
    editor.page.locator(f"#id_{column}").fill(words)


def write_until_it_is_being_saved(editor: Visitor, column: str, words: str) -> None:
    """What is written before the form is watched counts as what was there to begin with."""
    saving = editor.page.locator("#w-autosave-indicator[data-w-autosave-state-value=saving]")
    for ending in range(30):
        write(editor, column, f"{words} {ending}")
        editor.page.wait_for_timeout(SOON)
        if saving.count():
            break
    write(editor, column, words)
    expect(saving).to_have_count(1)


def publish(editor: Visitor) -> None:
    editor.page.get_by_role("button", name=editor.say("More actions")).click()
    editor.page.get_by_role("button", name=editor.say("Publish"), exact=True).click()


def save(editor: Visitor) -> None:
    editor.page.get_by_role("button", name=editor.say("Save draft"), exact=True).click()
    expect(editor.page.locator(".messages .success")).to_be_visible()


def find_the_missing_title(editor: Visitor, code: str) -> None:
    """The list of reasons leads to the field, which says what is the matter."""
    in_the_form = editor.page.locator("main form .languages__reasons")
    link = in_the_form.locator(f"a[href='#words-title_{code}']").first
    link.wait_for()
    editor.page.wait_for_load_state()  # what grows while it loads pushes the field away again
    link.click()
    place = editor.page.locator(f"#words-title_{code}")
    expect(place).to_be_in_viewport()
    expect(place).to_contain_text(editor.say("Missing in this language."))


def sign_for_both(editor: Visitor) -> None:
    """The place to sign is open, because publishing was just refused."""
    day = date.today() + timedelta(days=10)  # noqa: DTZ011 - any day in ten days will do
    calendars = editor.page.locator(".xdsoft_datetimepicker:visible")
    for code in ("en", "es"):
        field = editor.page.locator(f"#id_follows_by_{code}")
        field.fill(day.isoformat())
        field.press("Tab")
    # A calendar opens a moment after its field is reached, over what is below, and stays there
    # until something beside it is pressed.
    editor.page.wait_for_timeout(LONG_ENOUGH)
    editor.page.locator("body").dispatch_event("mousedown")
    expect(calendars).to_have_count(0)


def read_the_note(editor: Visitor, code: str) -> None:
    """A reader of the other language finds the page, and the day."""
    address = editor.page.locator(".messages a", has_text=editor.say("View live"))
    reader = Visitor(editor.page.context.new_page(), code)
    reader.page.goto(address.get_attribute("href"))
    reader.page.get_by_role("link", name=OWN_NAME[code]).first.click()
    note = reader.page.get_by_role("note")
    expect(note).to_be_visible()
    title = reader.page.get_by_role("heading", level=1)
    expect(title.locator(f"[lang={OTHER[code]}]")).to_have_count(1)
    reader.page.close()


def see_what_changed(editor: Visitor, code: str) -> None:
    other = editor.page.locator(f"#words-title_{OTHER[code]}")
    expect(other).to_contain_text(editor.say("Out of date: another language has changed."))
    changed = editor.say("What changed in %(language)s", language=OWN_NAME[code])
    other.get_by_text(changed).click()
    expect(other.locator("ins")).to_contain_text("and a bridge")
