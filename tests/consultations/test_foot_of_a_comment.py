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


def test_what_looks_the_same_below_two_comments_says_whose_each_is() -> None:
    """Buttons, days and folded originals are told by who wrote the comment."""
    html = "".join(
        render_to_string(
            "components/comment.html",
            {
                "comment": SimpleNamespace(**{**vars(COMMENT), "pk": pk, "author_name": name}),
                "author": name,
                "time_zone": "UTC",
                "acts": {**ACTS, "is_signed_in": True},
                "may_act": True,
                "original": "Más sombra",
                "origin": "staff",
                "became": BECAME,
            },
        )
        for pk, name in ((1, "Amara"), (2, "Bea"))
    )
    page = BeautifulSoup(html, "html.parser")

    told = [
        (one.get_text(" ", strip=True), page.find(id=one.get("aria-describedby")))
        for one in page.select("button, summary, a")
    ]
    heard = [(words, by and by.get_text()) for words, by in told]

    assert len(heard) == 2 * 6
    assert len(set(heard)) == len(heard)
