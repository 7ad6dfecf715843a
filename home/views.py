"""The search: one box, pages in the reader's language."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.search_results import as_results
from partnership.pages.languages import active
from partnership.pages.search import clean_query, search_pages

RESULTS_PER_PAGE = 10


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the box, and under it what was found for ``q``."""
    asked = clean_query(request.GET.get("q", ""))
    found = Paginator(search_pages(asked, language=active()), RESULTS_PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "ancestors": [{"title": _("Home"), "url": f"/{active()}/"}],
        "asked": asked,
        "found": page,
        "results": as_results(page, request),
        "query": f"{urlencode({'q': asked})}&",
    }
    return render(request, "home/search.html", context)
