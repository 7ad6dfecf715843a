"""The demo's annual review: last year's promises, judged and signed by both cities."""

from consultations.reviews.models import AnnualReview
from consultations.reviews.services import ask_to_sign, begin_review
from consultations.reviews.signing import TEXTS
from consultations.roadmap.models import RoadmapPage
from partnership.demo.calendar import DemoCalendar
from partnership.demo.people import DemoPeople
from partnership.demo.signatures import asked_for, sign
from partnership.demo.texts import columns, read


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
    at = calendar.noon(day)
    with asked_for(at):
        request = ask_to_sign(review, by=people.accounts[content["asked_by"]], today=day)
    sign(request, content["signed_by"], people, at=at)
    AnnualReview.objects.filter(pk=review.pk).update(signed_at=at)
    return review
