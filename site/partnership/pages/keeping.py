"""Pages where people have taken part are not deleted: their words, votes and places stay."""

from typing import Any

from django.contrib import messages
from django.db.models.deletion import Collector, ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from partnership.pages.models import BasePage


def is_kept(page: BasePage) -> bool:
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
    if request.method != "POST" or not is_kept(page):
        return None
    _tell(request)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def keep_pages(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """The same for many pages at once: none is deleted."""
    if request.method != "POST" or action_type != "delete":
        return None
    if not any(isinstance(page, BasePage) and is_kept(page) for page in objects):
        return None
    _tell(request)
    return redirect(action.next_url)


def _tell(request: HttpRequest) -> None:
    reason = _("People have taken part here: it cannot be deleted. Unpublish it instead.")
    messages.error(request, reason)
