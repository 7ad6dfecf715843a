"""What stands below a comment: every way to act on it in the same place on each of them."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

COMMENT = SimpleNamespace(
    pk=1,
    text="More shade",
    language_code="en",
    city=None,
    created_at=datetime(2027, 5, 15, tzinfo=UTC),
    author_name="Amara",
)
ACTS = {"support": "/support/", "report": "/report/"}
BECAME = [{"url": "/promise/", "label": "Adopted", "icon": "flag", "tone": ""}]


def links_below(**said: Any) -> list[str]:
    html = render_to_string(
        "components/comment.html",
        {"comment": COMMENT, "author": "Amara", "time_zone": "UTC", "acts": ACTS, **said},
    )
    foot = BeautifulSoup(html, "html.parser").select_one(".comment-foot")
    return [link["href"] for link in foot.select("a")]


@pytest.mark.parametrize("became", [[], BECAME])
@pytest.mark.parametrize("translate_url", ["", "/translate/"])
def test_reporting_is_the_last_thing_whatever_else_can_be_done(
    translate_url: str, became: list[dict[str, str]]
) -> None:
    links = links_below(
        may_act=True, reply_url="/reply/", translate_url=translate_url, became=became
    )

    between = [translate_url] * bool(translate_url) + ["/promise/"] * bool(became)
    assert links == ["/support/", "/reply/", *between, "/report/"]


#: Two comments of two people, and two of one: what is said there is all that differs.
OF_TWO = (("Amara", "More shade"), ("Bea", "More shade"))
OF_ONE = (("Amara", "More shade"), ("Amara", "Slower cars"))
TRANSLATED = {"original": "Más sombra", "origin": "staff"}


@pytest.mark.parametrize("said", [OF_TWO, OF_ONE])
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_what_looks_the_same_below_two_comments_says_which_each_is(
    said: Any, is_signed_in: bool
) -> None:
    """Buttons, days and folded originals are told by who wrote the comment, and its first words."""
    html = "".join(
        render_to_string(
            "components/comment.html",
            {
                "comment": SimpleNamespace(**{**vars(COMMENT), "pk": pk, "author_name": name}),
                "author": name,
                "text": text,
                "time_zone": "UTC",
                "acts": {**ACTS, "is_signed_in": is_signed_in},
                "may_act": True,
                "reply_url": "/reply/",
                "translate_url": "/translate/",
                "became": BECAME,
                **TRANSLATED,
            },
        )
        for pk, (name, text) in enumerate(said)
    )
    page = BeautifulSoup(html, "html.parser")

    heard = [
        (one.get_text(" ", strip=True), *described_by(one, page))
        for one in page.select("button, summary, a")
    ]

    assert len(heard) == 2 * (8 if is_signed_in else 7)
    assert len(set(heard)) == len(heard)


def described_by(one: Any, page: BeautifulSoup) -> list[str]:
    names = one.get("aria-describedby", "").split()
    return [page.find(id=name).get_text(strip=True) for name in names]


def test_the_words_at_a_button_are_in_the_language_they_are_shown_in() -> None:
    common = {"comment": COMMENT, "author": "Amara", "time_zone": "UTC", "acts": ACTS}
    shown = [
        BeautifulSoup(
            render_to_string("components/comment.html", {**common, **more}), "html.parser"
        )
        for more in ({}, {"text": "Más sombra", **TRANSLATED})
    ]

    words = [page.select_one(".report .vh bdi:last-child") for page in shown]

    assert [each.text for each in words] == ["More shade", "Más sombra"]
    assert [each.get("lang") for each in words] == ["en", None]
