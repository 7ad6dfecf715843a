"""What a reader sees of a page that was found: its kind and two sentences of it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.text import Truncator

from partnership.pages.models import BasePage

EXCERPT_WORDS = 40
#: Where page types keep their two sentences; the first that is written is shown.
SUMMARIES = ("search_description", "summary", "lead", "intro", "hero_lead")


def as_results(pages: Iterable[BasePage], request: HttpRequest) -> list[dict[str, Any]]:
    """Return title, url, kind and excerpt of each page, in the reader's language."""
    return [
        {
            "title": page.title,
            "url": page.get_url(request),
            "kind": page._meta.verbose_name,
            "excerpt": excerpt(page),
        }
        for page in pages
    ]


def excerpt(page: BasePage) -> str:
    """Return the beginning of what the page says about itself; empty when it says nothing."""
    texts = (getattr(page, name, "") for name in SUMMARIES)
    written = next((text for text in texts if text), "")
    return Truncator(written).words(EXCERPT_WORDS)
