"""The page of final results, and the very bytes that were hashed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations.conversation.about import LARGEST_NUMBER
from consultations.models import ConsultationPage
from consultations.snapshots.presenting import results_context
from consultations.views import find_consultation


@require_safe
def results_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the figures as they were published, their digest, and where today's differ."""
    consultation = find_consultation(slug)
    snapshots = list(consultation.snapshots.all())
    if not snapshots:
        raise Http404
    request.slug_owner = consultation  # for language_links()
    context = results_context(consultation, snapshots, request)
    return render(request, "snapshots/results.html", context)


@require_safe
def results_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Hand out what was hashed: the SHA-256 of the file is the one on the page."""
    consultation: ConsultationPage = find_consultation(slug)
    if number > LARGEST_NUMBER:
        raise Http404
    snapshot = get_object_or_404(consultation.snapshots, number=number)
    name = f"{consultation.slug}-results-{number}.json"
    return HttpResponse(
        snapshot.as_bytes,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
