"""The roadmap as data."""

from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from consultations.roadmap.models import RoadmapPage
from consultations.roadmap.open_data import commitments_as_csv
from consultations.roadmap.presenting import today_in
from partnership.cities.models import City


@require_safe
def commitments_csv(request: HttpRequest, year: int) -> StreamingHttpResponse:
    """The commitments of a published roadmap that everybody may read, as a CSV file."""
    roadmap = get_object_or_404(RoadmapPage.objects.live().public(), year=year)
    return StreamingHttpResponse(
        commitments_as_csv(roadmap, today_in(City.objects.all())),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="commitments-{year}.csv"'},
    )
