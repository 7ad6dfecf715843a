"""At the door on a phone: with and without scripts, with and without a network."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from partnership.demo.texts import read
from tests.journeys.browser import PHONE, barriers, sideways_scroll
from tests.journeys.demo_server import DemoSite
from tests.journeys.visitor import DEMO, Visitor
from tests.tools.turns import in_turn

pytestmark = pytest.mark.journey

EDITORS = {"en": "editor.alder", "es": "editor.puerto"}
EVENT = next(row for row in read("events")["events"] if row["key"] == "two-soups")
#: Two groups nobody has let in yet: the journeys share one demo.
STILL_OUT = """
SELECT code FROM registrations_registration party
JOIN pages_basepage event ON event.id = party.event_id
WHERE event.slug = 'two-soups-one-table' AND status = 'registered' AND party_size {size}
ORDER BY party.id LIMIT 2
"""
HOW_OFTEN = """
SELECT COUNT(*) FROM registrations_arrival arrival
JOIN registrations_registration party ON party.id = arrival.registration_id
WHERE party.code = '{code}' AND taken_back_at IS NULL
"""


@in_turn("language", ["en", "es"])
def test_an_organiser_checks_people_in_without_scripts(
    language: str, open_page: Callable[..., Page], demo_site: DemoSite
):
    alone, group = codes(demo_site, "= 1")[0], codes(demo_site, "> 1")[0]
    host = at_the_door(open_page(width=PHONE, java_script_enabled=False, may_refuse=True), language)
    row = host.page.locator(f"#party-{alone}")

    row.get_by_role("button").click()
    expect(row.get_by_role("button", name=host.say("Undo"))).to_be_visible()
    expect(row).to_have_class("is-done")
    row.get_by_role("button", name=host.say("Undo")).click()
    expect(row).not_to_have_class("is-done")

    host.write("Code or name", f"{group[:4].lower()} {group[4:].lower()}")
    host.button("Find").click()
    host.write("How many are here?", "1")
    host.button("Let in").click()
    expect(host.page.locator(f"#party-{group}")).to_contain_text(
        host.say("In: %(arrived)s of %(people)s", arrived=1, people=2)
    )

    host.write("Code or name", "7777-7777")
    host.button("Find").click()
    expect(host.page.locator("[data-door-refused]")).to_contain_text("7777-7777")
    host.link("List to print").click()
    expect(host.page.get_by_role("heading", level=1)).to_have_text(EVENT["title"][language])


@in_turn("language", ["es", "en"])
def test_the_picture_of_a_code_opens_the_right_page_for_each(
    language: str, open_page: Callable[..., Page], demo_site: DemoSite
):
    code = codes(demo_site, "= 1")[1]
    locale = {"en": "en-GB", "es": "es-MX"}[language]
    stranger = Visitor(open_page(width=PHONE, locale=locale), language)
    host = at_the_door(open_page(width=PHONE), language)

    host.link("List to print").click()
    expect(host.button("Print")).to_be_visible()
    assert barriers(host.page) == []
    assert sideways_scroll(host.page) == 0
    for visitor, words in ((stranger, "A code for the door"), (host, "Let in")):
        visitor.page.goto(f"/door/{code}/")
        assert urlsplit(visitor.page.url).path.startswith(f"/{language}/")
        visitor.sees(words)
        assert barriers(visitor.page) == []
        assert sideways_scroll(visitor.page) == 0


@in_turn("language", ["en", "es"])
def test_a_phone_without_a_network_keeps_whom_it_lets_in_and_sends_it_later(
    language: str, open_page: Callable[..., Page], demo_site: DemoSite
):
    code = codes(demo_site, "= 1")[0]
    page = open_page(width=PHONE, may_be_offline=True)
    host = at_the_door(page, language)
    assert barriers(page) == []
    row, kept = page.locator(f"#party-{code}"), page.locator("[data-door-kept]")
    is_in = page.locator("[data-door-count]")
    before = is_in.inner_text()
    name = row.locator("bdi").inner_text()

    page.context.set_offline(True)
    nobody = page.locator("[data-door-nobody]")
    host.write("Code or name", "Ñ-zzzz")
    expect(nobody).to_have_text(host.say("Nobody with this name or code is expected."))
    expect(row).to_be_hidden()
    host.write("Code or name", name.split()[0])
    expect(row).to_be_visible()
    expect(nobody).to_be_hidden()
    row.get_by_role("button").click()
    expect(row).to_have_class("is-kept")
    expect(kept).to_have_text(host.say("Kept on this phone until the network is back:") + " 1")
    assert is_in.inner_text() == before
    row.get_by_role("button", name=host.say("Undo")).click()
    expect(kept).to_be_hidden()
    row.get_by_role("button").first.click()
    expect(row).to_have_class("is-kept")

    page.context.set_offline(False)
    expect(row).to_have_class("is-done")
    expect(kept).to_be_hidden()
    expect(is_in).not_to_have_text(before)
    assert demo_site.ask(HOW_OFTEN.format(code=code)) == [1]


def codes(demo_site: DemoSite, size: str) -> list[str]:
    """Return the codes of two groups that are not in."""
    return demo_site.ask(STILL_OUT.format(size=size))


def at_the_door(page: Page, language: str) -> Visitor:
    """Go there as an editor does: from the event's page."""
    host = Visitor(page, language)
    host.come_in(DEMO.format(EDITORS[language]))
    host.choose_from_menu(host.say("All events"))
    host.page.get_by_role("link", name=EVENT["title"][language], exact=True).first.click()
    host.link("At the door").click()
    host.sees("List to print")
    return host
