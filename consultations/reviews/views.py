"""The signed review of a year, for readers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations.reviews.models import AnnualReview
from consultations.reviews.presenting import review_context


@require_safe
def annual_review(request: HttpRequest, year: int) -> HttpResponse:
    """Show what became of the promises of a year, as every city has signed it."""
    readable = AnnualReview.objects.signed().readable().select_related("roadmap")
    review = get_object_or_404(readable, roadmap__year=year)
    return render(request, "reviews/review.html", review_context(review, request))
