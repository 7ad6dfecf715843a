"""Annual reviews as the search finds them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.reviews.models import AnnualReview
from consultations.reviews.signing import TEXTS
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import localized


def reviews(language: str) -> QuerySet:
    """What every city has signed about years that everybody may read of, the last one first."""
    words = words_in(*(localized(name, language) for name in TEXTS))
    public = AnnualReview.objects.signed().readable().select_related("roadmap")
    return public.annotate(words=words).order_by("-roadmap__year")


def tell(review: AnnualReview) -> Told:
    """The year, and how the review begins."""
    url, within = review.get_absolute_url(), review.roadmap.title
    return Told(title=str(review), url=url, text=review.foreword, within=within)


REVIEWS = Source(name="annual_reviews", heading=_("Annual reviews"), rows=reviews, tell=tell)
