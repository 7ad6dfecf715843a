"""What is printed has something to read under every heading: files and buttons are not printed."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, NavigableString
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.consultations.test_ideas import taking_ideas
from tests.factories.boards import make_board
from tests.factories.cities import city_pair
from tests.factories.consultations import IdeaFactory

pytestmark = pytest.mark.django_db

#: What css/print.css leaves out, as far as it stands in the text of a page.
NOT_PRINTED = ".no-print, .downloads, .btns, .btn, .crumbs, form, nav"
CSS = Path(settings.SITE_DIR) / "static" / "css"
HEADINGS = ["h1", "h2", "h3", "h4"]


def headings_over_nothing(address: str) -> list[str]:
    page = BeautifulSoup(Client().get(address).content, "html.parser")
    for one in page.select(NOT_PRINTED):
        one.extract()
    assert page.main is not None
    empty = [one.get_text() for one in page.main.find_all(HEADINGS)]
    last = ""
    for one in page.main.descendants:
        if one.name in HEADINGS:
            last = one.get_text()
        elif isinstance(one, NavigableString) and one.strip() and not one.find_parent(HEADINGS):
            empty = [words for words in empty if words != last]
    return empty


@pytest.mark.parametrize("name", ["open_data", "emergency"])
def test_no_heading_stands_on_paper_over_nothing(name):
    city_pair()

    assert headings_over_nothing(reverse(name)) == []


@pytest.mark.parametrize(
    ("code", "name"), [("en", "emergency"), ("es", "emergency"), ("es", "risk_register")]
)
def test_what_is_no_page_tells_on_paper_where_it_is_found(code, name):
    city_pair()
    with translation.override(code):
        address = reverse(name)

    page = BeautifulSoup(Client().get(address).content, "html.parser")

    (told,) = page.select(".on-paper")
    assert told.get_text(" ", strip=True).endswith(f"testserver{address}")


def board() -> str:
    return make_board().get_absolute_url()


def idea() -> str:
    return IdeaFactory(consultation=taking_ideas()).replies_url


@pytest.mark.parametrize("make", [board, idea])
def test_boards_and_ideas_tell_it_too(make):
    address = make()

    page = BeautifulSoup(Client().get(address).content, "html.parser")

    told = [one.get_text(" ", strip=True) for one in page.select(".on-paper")]
    assert told[-1].endswith(f"testserver{address}")


def test_no_word_is_printed_that_unfolds_what_paper_shows_anyway():
    said = {"written_in": "es", "original": "Un banco a la sombra.", "origin": "staff"}

    page = BeautifulSoup(render_to_string("components/origin.html", said), "html.parser")
    for one in page.select(NOT_PRINTED):
        one.extract()

    assert page.get_text(" ", strip=True) == (
        "Translated from Spanish by city staff. Un banco a la sombra."
    )


def test_a_sum_is_printed_once_and_a_card_goes_on_where_a_sheet_ends():
    """Each card of a year began a sheet of its own, and the sums stood before their rows."""
    printed = (CSS / "print.css").read_text()
    cards = (CSS / "pages" / "commitments.css").read_text().partition("@media print")[2]

    assert ".result-table tfoot { display: table-row-group; }" in printed
    assert "summary { list-style: none; }" in printed
    kept_whole = re.findall(r"([^{}]+)\{[^}]*break-inside: avoid", printed + cards)
    selectors = [one.strip() for group in kept_whole for one in group.split(",")]
    assert ".comment" in selectors
    assert ".item" not in selectors
    assert ".panel:has(li:nth-child(5)) { break-inside: auto; }" in printed  # nor a long list
    foot = re.findall(r"\.foot \{([^}]+)\}", printed)
    assert ["break-before: avoid;" in one for one in foot] == [True]  # no sheet for it alone


def test_of_choices_the_one_that_was_made_is_printed_and_figures_keep_their_ground():
    choices = [{"label": one, "url": "?", "current": one == "2027"} for one in ("2026", "2027")]
    row = render_to_string("components/filter_links.html", {"label": "Year", "choices": choices})
    left_out = "nav > .chips > li:not(:has([aria-current]))"

    left = [one.get_text() for one in BeautifulSoup(row, "html.parser").select(left_out)]

    assert left == ["2026"]
    assert f"{left_out} {{ display: none; }}" in (CSS / "print.css").read_text()
    risks = (CSS / "pages" / "risks.css").read_text()
    assert ".risk-matrix td { print-color-adjust: exact; }" in risks
