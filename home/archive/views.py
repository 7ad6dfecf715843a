"""The page of lessons, listed until they are taken up; and each year as one file."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.open_data.views import hand_out
from home.archive.packages import kept_as, packed, pieces_of
from home.archive.presenting import lessons_context
from home.parity.years import years_of
from partnership.cities.today import today_in
from partnership.interface.context import cities, once
from partnership.pages.languages import active


@require_safe
def year_file(request: HttpRequest, year: int) -> HttpResponseBase:
    """Hand out everything public of a year: the kept file, or one made now."""
    known = once(request, cities)
    years = years_of(known)
    if year not in packed(years):
        raise Http404
    today = today_in(known)
    return hand_out(
        request,
        kept_as(year, years, today),
        as_name=f"open-data-{year}.zip",
        pieces=partial(pieces_of, year, years, today),
    )


@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """Show what was learned, first what nobody has taken up yet."""
    ancestors = [{"title": _("Home"), "url": f"/{active()}/"}]
    context = {"ancestors": ancestors, **lessons_context(request.GET.get("page"))}
    return render(request, "archive/lessons.html", context)
