"""The page of lessons: listed until they are taken up, and then with where they went."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.archive.presenting import lessons_context
from partnership.pages.languages import active


@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """Show what was learned, first what nobody has taken up yet."""
    ancestors = [{"title": _("Home"), "url": f"/{active()}/"}]
    context = {"ancestors": ancestors, **lessons_context(request.GET.get("page"))}
    return render(request, "archive/lessons.html", context)
