"""The search: one box, pages and what else stands on them in the reader's language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.search_results import everything, one_kind
from partnership.pages.languages import active
from partnership.pages.words import clean_query


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the box, and under it what was found for ``q``; of one kind only for ``in``."""
    asked = clean_query(request.GET.get("q", ""))
    context = {
        "ancestors": [{"title": _("Home"), "url": f"/{active()}/"}],
        "asked": asked,
        **(one_kind(asked, request) or everything(asked, request)),
    }
    return render(request, "home/search.html", context)
