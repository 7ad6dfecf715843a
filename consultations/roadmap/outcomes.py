"""What became of what was said in a consultation, or agreed at an event."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from consultations.outcomes import Outcome
from consultations.roadmap.models import Commitment, EvidenceLink
from consultations.roadmap.querysets import TARGETS
from partnership.cities.models import City
from partnership.cities.today import today_in
from partnership.pages.addresses import LINK_COLUMNS
from partnership.pages.languages import field_names

if TYPE_CHECKING:
    from consultations.models import ConsultationPage

#: All that an outcome is told with; else five kinds of rows would be read whole.
TOLD = (
    *("disposition", *field_names("note"), *TARGETS),
    *("statement__number", "contribution__id", "question__identifier"),
    *(f"commitment__{name}" for name in ("number", "status", "due_on", *field_names("title"))),
    *(f"commitment__roadmap__{name}" for name in ("year", *LINK_COLUMNS)),
)


def of_consultation(consultation: "ConsultationPage", cities: Iterable[City]) -> Iterator[Outcome]:
    """Every commitment that cites the consultation or something said in it; one query."""
    links = EvidenceLink.objects.about(consultation).public().of_published_roadmaps()
    links = links.select_related("commitment__roadmap", "statement", "contribution", "question")
    # Put in order here: to order a query Django looks through every column it selects.
    found = sorted(links.only(*TOLD).order_by(), key=_place)
    if not found:
        return
    today = today_in(cities)
    for link in found:
        yield _outcome(link, link.commitment.state_on(today))


def _place(link: EvidenceLink) -> tuple[int, int, int]:
    return link.commitment.roadmap.year, link.commitment.number, link.pk


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
        place=(commitment.roadmap.year, commitment.number),
    )
