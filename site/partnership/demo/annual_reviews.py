"""The demo's annual review: last year's promises, judged and signed by both cities."""

from datetime import UTC, datetime, time

from consultations.reviews.models import AnnualReview
from consultations.reviews.services import ask_to_sign, begin_review
from consultations.reviews.signing import TEXTS
from consultations.roadmap.models import RoadmapPage
from partnership.demo.calendar import DemoCalendar
from partnership.demo.people import DemoPeople
from partnership.demo.texts import columns, read
from partnership.ledger.services import approve


def make_annual_review(
    roadmaps: dict[int, RoadmapPage], people: DemoPeople, calendar: DemoCalendar
) -> AnnualReview:
    """Judge every promise of last year and have both cities sign it, in the story of this year."""
    content = read("annual_review")
    review = begin_review(roadmaps[content["years_ago"]])
    for row in content["judgements"]:
        own = review.judgements.model.objects.filter(review=review)
        judged = own.filter(commitment__number=row["number"])
        judged.update(verdict=row["verdict"], **columns(why=row["why"]))
    for name, words in columns(**{name: content[name] for name in TEXTS}).items():
        setattr(review, name, words)
    review.save()
    review = AnnualReview.objects.get(pk=review.pk)  # with the verdicts
    day = calendar.day_in_year(content["day"], calendar.today.year)
    request = ask_to_sign(review, by=people.accounts[content["asked_by"]], today=day)
    for email in content["signed_by"]:
        signer = people.accounts[email]
        approve(request, by=signer, city=signer.edits_for.get(), seen=request.digest)
    signed_at = datetime.combine(day, time(12), tzinfo=UTC)
    AnnualReview.objects.filter(pk=review.pk).update(signed_at=signed_at)
    return review
