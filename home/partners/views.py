"""The page of partners."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.partners.presenting import partners_context
from partnership.pages.languages import active


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Show who else carries the partnership, by what they are."""
    ancestors = [{"url": f"/{active()}/"}]
    context = {"ancestors": ancestors, **partners_context(request)}
    return render(request, "partners/index.html", context)
