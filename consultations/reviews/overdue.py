"""Years that are over and that nobody has looked back on."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.reviews.querysets import not_reviewed, waits_since
from consultations.roadmap.models import RoadmapPage
from consultations.roadmap.reviewed import review_url
from partnership import continuity
from partnership.ledger.kinds import cities_of_page


def find(today: date) -> Iterator[continuity.Concern]:
    """Yield roadmaps whose year ended more than 60 days ago and whose review is not signed."""
    everybody = continuity.every_city()
    years = not_reviewed(RoadmapPage.objects.all(), today).select_related("annual_review")
    for roadmap in years.prefetch_related("cities"):
        yield continuity.Concern(
            words=_("The review of the year %(year)s is not signed by every city.")
            % {"year": roadmap.year},
            ahead=_("Every city signs the review of the year %(year)s.") % {"year": roadmap.year},
            edit_url=review_url(roadmap),
            due=waits_since(roadmap.year),
            cities=tuple(cities_of_page(roadmap, everybody)),
        )


CHECK = continuity.Check(
    name="reviews.signed", heading=gettext_lazy("Years without a signed review"), find=find
)
