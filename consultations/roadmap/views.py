"""The roadmap as data, and what it costs and when as a page."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations.roadmap.models import RoadmapPage
from consultations.roadmap.open_data import roadmap_as_json, table_as_csv
from consultations.roadmap.presenting import delivery_context
from partnership.cities.models import City
from partnership.cities.today import today_in


def _public(year: int) -> RoadmapPage:
    """The published roadmap that everybody may read."""
    roadmap: RoadmapPage = get_object_or_404(RoadmapPage.objects.live().public(), year=year)
    return roadmap


@require_safe
def delivery(request: HttpRequest, year: int) -> HttpResponse:
    """What the promises of a year cost each city, and the milestones of all cities on one line."""
    context = delivery_context(_public(year), request)
    if not context["tables"] and not context["milestones"]:
        raise Http404
    return render(request, "delivery/page.html", context)


@require_safe
def commitments_csv(request: HttpRequest, year: int) -> StreamingHttpResponse:
    """The commitments, as a CSV file."""
    return _csv("commitments", year)


@require_safe
def table_csv(request: HttpRequest, year: int, table: str) -> StreamingHttpResponse:
    """Money, indicators, readings, milestones or the review, as a CSV file."""
    return _csv(table, year)


@require_safe
def roadmap_json(request: HttpRequest, year: int) -> StreamingHttpResponse:
    """Everything about the promises of a year, as one document."""
    pieces = roadmap_as_json(_public(year), today_in(City.objects.all()))
    return StreamingHttpResponse(
        pieces, content_type="application/json", headers=_named(year, "json")
    )


def _csv(table: str, year: int) -> StreamingHttpResponse:
    pieces = table_as_csv(table, _public(year), today_in(City.objects.all()))
    if pieces is None:
        raise Http404
    return StreamingHttpResponse(
        pieces,
        content_type="text/csv; charset=utf-8",
        headers=_named(year, "csv", table),
    )


def _named(year: int, suffix: str, name: str = "roadmap") -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}-{year}.{suffix}"'}
