"""The board of a year, that of all years, and the files of both."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from home.parity import exports
from home.parity.keeping import Board, board
from home.parity.presenting import page_of
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once

#: By how an address ends: what makes the file, and what it is.
FILES = {
    "csv": (exports.csv_of, "text/csv; charset=utf-8"),
    "json": (exports.json_of, "application/json"),
}


@require_safe
def this_year(request: HttpRequest) -> HttpResponse:
    """Show the year so far."""
    found = _board(request)
    return _shown(request, found, found.years.last)


@require_safe
def one_year(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year before this one."""
    found = _board(request)
    if year == found.years.last:
        return redirect(reverse("parity"))
    if year not in found.lines:
        raise Http404
    return _shown(request, found, year)


@require_safe
def all_years(request: HttpRequest) -> HttpResponse:
    """Show what the single years add up to."""
    return _shown(request, _board(request), None)


@require_safe
def figures_file(request: HttpRequest, suffix: str) -> StreamingHttpResponse:
    """Hand out the figures of every year."""
    if suffix not in FILES:
        raise Http404
    write, content_type = FILES[suffix]
    return StreamingHttpResponse(
        write(_board(request), once(request, cities_of_the_site)),
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="parity.{suffix}"',
            "X-Robots-Tag": "noindex",
        },
    )


def _board(request: HttpRequest) -> Board:
    return board(once(request, cities_of_the_site))


def _shown(request: HttpRequest, found: Board, year: int | None) -> HttpResponse:
    context = page_of(found, year, once(request, cities_of_the_site))
    return render(request, "parity/board.html", context)
