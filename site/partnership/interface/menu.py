"""What a page stands for in the main menu: itself, or links its room registered for it."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest

from partnership.pages.models import BasePage

Links = Callable[[BasePage, HttpRequest], list[dict[str, Any]]]
_links: dict[str, Links] = {}


def register(page_type: str, links: Links) -> None:
    """Show these links in the menu instead of pages of that type (``app.model``, lower case).

    Called from AppConfig.ready(). Each link has a title, a url and what aria-current says; the
    function gets the page as a plain BasePage and may not ask the database.
    """
    _links[page_type] = links


def links_for(page: BasePage, request: HttpRequest) -> list[dict[str, Any]] | None:
    """Return the links registered for the page's type, None when it stands for itself."""
    content_type = ContentType.objects.get_for_id(page.content_type_id)  # remembered, not asked
    links = _links.get(f"{content_type.app_label}.{content_type.model}")
    return links(page, request) if links else None
