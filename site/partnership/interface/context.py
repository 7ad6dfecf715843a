"""What every page is framed by: cities, languages, menu, footer. Asked for only when shown."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, gettext_noop

from partnership.cities.inks import theme_version
from partnership.cities.models import City
from partnership.cities.naming import as_one
from partnership.cities.ordering import own_first
from partnership.interface import framing, menu
from partnership.interface.catalogues import language_of, said_in
from partnership.pages import languages
from partnership.pages.access import open_to_all
from partnership.pages.addresses import LINK_COLUMNS
from partnership.pages.models import BasePage
from partnership.serving.at_hand import site_of, while_unchanged


def site_chrome(request: HttpRequest) -> dict[str, Any]:
    """The frame of the site for templates; a page that shows none of it pays for none of it."""

    def later(build: Callable[[HttpRequest], Any]) -> SimpleLazyObject:
        return SimpleLazyObject(lambda: once(request, build))

    return {
        "cities": later(cities),
        "cities_own_first": later(cities_own_first),
        "partnership": later(partnership),
        "partnership_name": later(partnership_name),
        "theme_url": later(theme_url),
        "language_links": later(language_links),
        "alternates": later(alternates),
        "main_nav": later(main_nav),
        "footer_links": later(footer_links),
        "foot_links": later(foot_links),
        "alerts": later(alerts),
        "home_url": f"/{languages.active()}/",
        "may_have_messages": may_have_messages(request),
    }


def once(request: HttpRequest, build: Callable[[HttpRequest], Any]) -> Any:
    """Build it at most once per request, whoever asks."""
    kept = request.__dict__.setdefault("_site_chrome", {})
    if build not in kept:
        kept[build] = build(request)
    return kept[build]


def cities(request: HttpRequest) -> list[City]:
    """The cities in their order."""
    return while_unchanged(request, "cities", framing.cities_that_know)


def cities_own_first(request: HttpRequest) -> list[City]:
    """The same for their names around a page: the home city of who is signed in comes first.

    Whoever has no session reads a page that is the same for all.
    """
    known = [city for city in once(request, cities) if not city.has_left]
    user = getattr(request, "user", None) if may_have_messages(request) else None
    return own_first(known, getattr(user, "city_id", None))


def partnership(request: HttpRequest) -> Any:
    """What the partnership says about itself: its name, its line at the top, its footer."""
    settings_of_it = apps.get_model("home", "PartnershipSettings")
    return while_unchanged(request, "partnership", settings_of_it.load)


def partnership_name(request: HttpRequest) -> str:
    """The name editors gave, else the names of the cities as one name."""
    names = (city.name for city in once(request, cities) if not city.has_left)
    return once(request, partnership).partnership_name or as_one(names)


def theme_url(request: HttpRequest) -> str:
    """The style sheet with the cities' own inks; empty when they keep the house's."""
    version = theme_version(once(request, cities))
    return f"{reverse('theme')}?v={version}" if version else ""


def language_links(request: HttpRequest) -> list[dict[str, Any]]:
    """This page in every partner language: code, name, url, current."""
    return languages.language_links(request)


def alternates(request: HttpRequest) -> list[dict[str, str]]:
    """The full addresses of this page's twins for search engines, x-default the last."""
    return languages.alternates(request)


def top_pages(request: HttpRequest) -> list[BasePage]:
    """The public pages right under the front page: in one query, and only what links need."""
    site = site_of(request)
    if site is None:
        return []

    def found() -> list[BasePage]:
        pages = site.root_page.get_children().live().filter(open_to_all())
        return list(pages.only("content_type", "show_in_menus", *LINK_COLUMNS))

    return while_unchanged(request, ("top pages", site.pk), found)


def _link(request: HttpRequest, page: BasePage) -> dict[str, Any]:
    url = page.get_url(request)
    return {
        "title": page.title,
        "language": said_in(page.title),
        "url": url,
        "current": _holds(url, request.path),
    }


def _holds(url: str | None, path: str) -> str:
    """What aria-current says: this very page, or a page under it."""
    if url == path:
        return "page"
    return "true" if url and path.startswith(url) else ""


def main_nav(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages that editors put into the menu, or what stands for them there."""
    return [
        link
        for page in once(request, top_pages)
        if page.show_in_menus
        for link in menu.links_for(page, request) or [_link(request, page)]
    ]


def footer_links(request: HttpRequest) -> list[dict[str, Any]]:
    """Columns of links for the footer: menu pages, then the others; only what exists."""
    pages = once(request, top_pages)
    columns = (
        (gettext_noop("What we do together"), [page for page in pages if page.show_in_menus]),
        (gettext_noop("About this site"), [page for page in pages if not page.show_in_menus]),
    )
    return [
        {
            "title": gettext(title),
            "language": language_of(title),
            "links": [_link(request, page) for page in found],
        }
        for title, found in columns
        if found
    ]


def foot_links(request: HttpRequest) -> list[dict[str, str]]:
    """What rooms link at the very foot of every page, while there is something behind it."""
    return framing.links_in_the_foot(once(request, cities))


def alerts(request: HttpRequest) -> list[dict[str, Any]]:
    """What everybody must know now, at the top of every page; asked for only if there is any."""
    return framing.at_the_top(request)


def may_have_messages(request: HttpRequest) -> bool:
    """Whether the reader brought a session: looking for messages without one would touch it."""
    kept_in = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
    return bool(kept_in & request.COOKIES.keys())
