"""Texts, stories and the steps of an idea: the smallest valid ones."""

from typing import Any

from home.models import HomePage, StandardPage, StoryIndexPage, StoryPage, TraceStep
from partnership.pages.languages import CODES, localized
from partnership.pages.models import BasePage
from tests.factories.pages import add_page, make_site


def in_every_language(field: str, text: str) -> dict[str, str]:
    """The same words in every language: ``in_every_language("lead", "Hello")``."""
    return {localized(field, code): text for code in CODES}


def make_text(title: str = "About us", **fields: Any) -> StandardPage:
    """A published page of text under the front page."""
    return add_page(make_site(), StandardPage, title=title, **fields)


def make_story(title: str = "How the bench stayed", **fields: Any) -> StoryPage:
    """A published story."""
    front_page = make_site()
    index = StoryIndexPage.objects.first()
    index = index or add_page(front_page, StoryIndexPage, title="Stories", slug="stories")
    values = {**in_every_language("intro", "A sentence became a ramp."), **fields}
    return add_page(index, StoryPage, title=title, **values)


def add_step(home: HomePage, heading: str = "A voice", page: BasePage | None = None) -> TraceStep:
    """One more step of the idea that the front page follows."""
    words = {**in_every_language("heading", heading), **in_every_language("link_label", "See")}
    return TraceStep.objects.create(home_page=home, link_page_id=page and page.pk, **words)
