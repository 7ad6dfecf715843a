"""Pages where people have taken part are not deleted: their words, votes and places stay.

A room that knows more to say than that says it when the site starts: ``keep(applies, because)``.
Pages that somebody counts on are not unpublished either: ``keep_public(applies, because)``.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models.deletion import Collector, ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from partnership.pages.models import BasePage

Applies = Callable[[BasePage], bool]
REASON = gettext_noop("People have taken part here: it cannot be deleted. Unpublish it instead.")
_reasons: dict[str, Applies] = {}
_public: dict[str, Callable[[Any], bool]] = {}


def keep(applies: Applies, *, because: str) -> None:
    """Keep the pages for which this is true, for themselves or for a page below them.

    ``because`` is told to whoever tries to delete one; it is marked with ``gettext_noop``.
    """
    _reasons[because] = applies


def keep_public(applies: Callable[[Any], bool], *, because: str) -> None:
    """Keep pages public as long as this is true of one of them; it is given a query for them."""
    _public[because] = applies


def why_public(page: BasePage, *, with_descendants: bool = False) -> str:
    """Return why the page is not unpublished, in the active language; empty when it may be."""
    below = BasePage.objects.filter(path__startswith=page.path)
    pages = below if with_descendants else BasePage.objects.filter(pk=page.pk)
    told = next((because for because, applies in _public.items() if applies(pages)), "")
    return _(told) if told else ""


def why_kept(page: BasePage) -> str:
    """Return why the page is not deleted, in the active language; empty when it may be."""
    # A room that stands on another one starts later, and has more to say.
    newest_first = reversed(_reasons.items())
    told = next((because for because, applies in newest_first if applies(page)), "")
    if not told and holds_what_must_not_be_lost(page):
        told = REASON
    return _(told) if told else ""


def holds_what_must_not_be_lost(page: BasePage) -> bool:
    """Whether anything that must not be lost belongs to the page, or to one below it.

    Only asks: the database's own rules about what goes along with a page decide.
    """
    below = BasePage.objects.filter(path__startswith=page.path)
    collector = Collector(using=below.db, origin=page)
    try:
        collector.collect(list(below))
    except ProtectedError:
        return True
    return False


def keep_page(request: HttpRequest, page: BasePage) -> HttpResponse | None:
    """Refuse to delete such a page, whichever button was pressed; it can be unpublished."""
    told = why_kept(page) if request.method == "POST" else ""
    if not told:
        return None
    messages.error(request, told)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def keep_page_public(request: HttpRequest, page: BasePage) -> HttpResponse | None:
    """Refuse to unpublish such a page, or one below it when those go along."""
    told = why_public(page, with_descendants=bool(request.POST.get("include_descendants")))
    if not told:
        return None
    messages.error(request, told)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def keep_pages(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """The same for many pages at once: none is deleted, none unpublished."""
    with_descendants = bool(request.POST.get("include_descendants"))
    reasons: dict[str, Callable[[BasePage], str]] = {
        "delete": why_kept,
        "unpublish": partial(why_public, with_descendants=with_descendants),
    }
    if request.method != "POST" or action_type not in reasons:
        return None
    pages = (page for page in objects if isinstance(page, BasePage))
    told = next(filter(None, map(reasons[action_type], pages)), "")
    if not told:
        return None
    messages.error(request, told)
    return redirect(action.next_url)
