"""Annual reviews for tests: begun, judged, signed by every city."""

from datetime import date
from typing import Any

from consultations.reviews.groups import ensure_groups
from consultations.reviews.models import AnnualReview
from consultations.reviews.services import ask_to_sign, begin_review
from consultations.reviews.signing import TEXTS, cities_of
from consultations.roadmap.models import RoadmapPage
from partnership.cities.models import City
from partnership.people.models import Resident
from tests.factories.groups import make_groups
from tests.factories.promises import editor_of as signer_of
from tests.factories.promises import sign
from tests.factories.roadmap import in_every_language


def editor_of(*cities: City, **fields: Any) -> Resident:
    """Somebody who writes reviews, and signs, for these cities."""
    editor = signer_of(*cities, **fields)
    make_groups(ensure_groups, last="add_annualreview")
    return editor


def make_draft(roadmap: RoadmapPage, verdict: str = "kept", **words: str) -> AnnualReview:
    """A review that is whole: every promise has this verdict, in every language."""
    review = begin_review(roadmap)
    why = in_every_language(why="As planned.")
    review.judgements.model.objects.filter(review=review).update(verdict=verdict, **why)
    texts = {name: words.get(name, f"Text of {name}.") for name in TEXTS}
    for column, text in in_every_language(**texts).items():
        setattr(review, column, text)
    review.save()
    return AnnualReview.objects.get(pk=review.pk)


def sign_by_all(review: AnnualReview, today: date | None = None) -> AnnualReview:
    """Have every city of the roadmap sign it, the first of them asking."""
    first, *others = cities_of(review)
    request = ask_to_sign(review, by=editor_of(first), today=today)
    for city in others:
        sign(request, by=editor_of(city), city=city)
    return AnnualReview.objects.get(pk=review.pk)


def make_review(roadmap: RoadmapPage, **fields: Any) -> AnnualReview:
    """A review that every city has signed."""
    return sign_by_all(make_draft(roadmap, **fields))
