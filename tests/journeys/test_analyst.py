"""An analyst's day, in both languages: read, quote, freeze the results, take the data away."""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from partnership.demo.texts import read
from tests.journeys.browser import PHONE, barriers
from tests.journeys.keyboard import OnlyKeys
from tests.journeys.visitor import DEMO, Visitor

pytestmark = pytest.mark.journey

DAYS = (
    # The streets have no final results before this day, the harbour has.
    ("analyst", "en", "summer_streets", Visitor),
    ("analyst.puerto", "es", "harbour", OnlyKeys),  # and no scripts
)


@pytest.mark.parametrize(("account", "language", "content", "who"), DAYS)
def test_a_day_from_the_texts_to_the_data_package(
    account: str,
    language: str,
    content: str,
    who: type[Visitor],
    open_page: Callable[..., Page],
    tmp_path: Path,
):
    title = read(content)["title"][language]
    scripts = who is Visitor
    analyst = who(open_page(java_script_enabled=scripts), language)
    analyst.come_in(DEMO.format(account))

    save_a_view_and_pick_a_quote(analyst, title)
    freeze_the_results(analyst, title)
    files = take_the_package(analyst, title, tmp_path)
    reader = Visitor(open_page(width=PHONE), language)
    digest = read_the_results(reader, title)

    manifest = json.loads(files.pop("manifest.json"))
    assert {entry["path"] for entry in manifest["files"]} == set(files)
    for entry in manifest["files"]:
        assert hashlib.sha256(files[entry["path"]]).hexdigest() == entry["sha256"]
    assert b"@" not in files["comments.csv"]
    assert len(digest) == 64
    # Each is looked at once: without scripts no timer runs, and the check would wait for ever.
    assert barriers(analyst.page if scripts else reader.page) == []


# The steps ------------------------------------------------------------------------------------


def save_a_view_and_pick_a_quote(analyst: Visitor, title: str) -> None:
    analyst.page.goto("/admin/analysis/")
    analyst.follow(analyst.page.get_by_role("link", name=title, exact=True))
    address = analyst.page.url
    analyst.page.goto(f"{address}texts/")
    name = analyst.page.locator("input[name=name]")
    analyst.fill(name, "My morning")
    name.press("Enter")
    analyst.sees("The view is saved.")
    beginning = re.compile(rf"^\s*{re.escape(analyst.say('Quote it'))}\s*:")
    analyst.follow(analyst.page.get_by_role("button", name=beginning).first)
    analyst.page.goto(address)
    expect(analyst.page.get_by_role("link", name="My morning").first).to_be_visible()


def freeze_the_results(analyst: Visitor, title: str) -> None:
    """Publish them if nobody has; the screen says that they agree with the votes."""
    analyst.page.goto("/admin/exports/")
    words = re.escape(analyst.say("Final results"))
    named = re.compile(rf"^\s*{words}\s*:\s*{re.escape(title)}\s*$")
    analyst.follow(analyst.page.get_by_role("link", name=named))
    analyst.sees("Every total equals its votes.")
    if analyst.button("Freeze and publish").count():
        analyst.follow(analyst.button("Freeze and publish"))
        analyst.sees("The final results are published.")
    analyst.sees("Nothing: counted again today, every figure is the same.")


def take_the_package(analyst: Visitor, title: str, folder: Path) -> dict[str, bytes]:
    analyst.page.goto("/admin/exports/")
    analyst.follow(analyst.page.get_by_role("link", name=title, exact=True))
    analyst.pick(analyst.page.locator("select[name=file_format]"), "package")
    with analyst.page.expect_download() as download:
        analyst.unfold(analyst.button("Export"))
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_the_results(reader: Visitor, title: str) -> str:
    """Anybody finds them from the consultation; returns the fingerprint that is shown."""
    reader.open_front_page()
    reader.choose_from_menu(reader.say("Consultations"))
    reader.page.get_by_role("link", name=title, exact=True).first.click()
    words = reader.say("Final results of %(day)s", day="")
    reader.page.get_by_role("link", name=re.compile(re.escape(words.strip()))).click()
    reader.sees("The fingerprint was computed again just now, and it is the same.")
    reader.sees("Counted again just now, every figure is the same.")
    return reader.page.locator("code").first.inner_text()
