"""What became of what was said in a consultation, or agreed at an event."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from consultations.outcomes import Outcome
from consultations.roadmap.models import Commitment, EvidenceLink
from consultations.roadmap.presenting import today_in
from partnership.cities.models import City

if TYPE_CHECKING:
    from consultations.models import ConsultationPage


def of_consultation(consultation: "ConsultationPage", cities: Iterable[City]) -> Iterator[Outcome]:
    """Every commitment that cites the consultation or something said in it; three queries."""
    links = EvidenceLink.objects.about(consultation).public().of_published_roadmaps()
    links = links.select_related("commitment__roadmap", "statement", "contribution", "question")
    in_order = list(links.order_by("commitment__roadmap__year", "commitment__number", "pk"))
    if not in_order:
        return
    today = today_in(cities)
    for link in in_order:
        yield _outcome(link, link.commitment.state_on(today))


def _outcome(link: EvidenceLink, state: str) -> Outcome:
    commitment: Commitment = link.commitment
    return Outcome(
        anchor="" if link.kind == "consultation" else link.target.anchor,
        title=commitment.title,
        url=commitment.get_absolute_url(),
        disposition=link.disposition,
        disposition_label=link.get_disposition_display(),
        status=state,
        status_label=str(commitment.label_of(state)),
        note=link.note,
    )
