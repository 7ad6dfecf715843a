"""What is called the same several times on a page says by its description which one it is."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

DAY = date(2027, 3, 1)
MEETING = {"held_on": DAY, "agenda": "Lamps", "minutes": "Lit", "document": None}
TABLE = {"caption": "How safe is it?", "heading": "Answer", "columns": ["All"], "rows": []}


def parsed(template: str, **context: Any) -> BeautifulSoup:
    return BeautifulSoup(render_to_string(template, context), "html.parser")


def described(page: BeautifulSoup, selector: str) -> list[str]:
    """What the descriptions of these elements say, from the places they point to."""
    return [
        page.find(id=one["aria-describedby"]).get_text(" ", strip=True)
        for one in page.select(selector)
    ]


def test_agenda_and_minutes_say_of_which_meeting():
    meeting = SimpleNamespace(**MEETING, anchor="meeting-4", decisions=SimpleNamespace(all=[]))

    page = parsed("committees/meeting.html", meeting=meeting, is_over=True)

    assert described(page, "summary") == ["1 March 2027", "1 March 2027"]


def test_a_table_of_the_figures_says_which_figures():
    page = parsed("components/table_twin.html", id="safe-table", **TABLE)

    assert described(page, "summary") == ["How safe is it?"]


@pytest.mark.parametrize(("given", "rank"), [({}, "h3"), ({"heading": 2}, "h2")])
def test_what_the_cities_answered_stands_one_rank_below_its_page(given: dict, rank: str):
    """On the page of the replies to one comment nothing stands between."""
    said = {"key": 1, "text": "Yes", "state": "Accepted", "published_at": DAY}
    answer = SimpleNamespace(**said, others=[], promises=[])

    page = parsed("consultations/answers_to.html", answers=[answer], **given)

    assert page.select_one(".official-head").name == rank


def test_the_same_answer_in_another_language_says_which_answer():
    others = [{"code": "es", "name": "Español", "text": "Sí", "answered_by": "Obras"}]
    answers = [
        {"text": text, "state": "Accepted", "published_at": DAY, "others": others}
        for text in ("We do it.", "We do not.")
    ]

    names = [
        parsed("components/official_answer.html", answer=answer, heading=2).summary.get_text()
        for answer in answers
    ]

    assert [name.partition("Español")[2].strip() for name in names] == [
        ": We do it.",
        ": We do not.",
    ]


def test_two_groups_of_one_name_are_told_apart_at_the_door_by_their_codes():
    said = {"participant": "Gaspar Moya", "party_size": 1, "missing": 1, "arrived": 0}
    codes = ["AAAA1111", "BBBB2222"]
    parties = [SimpleNamespace(**said, code=one, code_in_groups=one) for one in codes]

    html = "".join(
        render_to_string("registrations/door/row.html", {"party": party, "zone": "UTC"})
        for party in parties
    )

    page = BeautifulSoup(html, "html.parser")
    assert described(page, "a") == codes
    assert described(page, "[type=submit]") == codes
