"""The foot of a story: what its promise came from, other stories, and where to take part now."""

from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest

from consultations.enums import Participation
from consultations.models import ConsultationIndexPage, ConsultationPage
from consultations.roadmap.chips import ICONS
from consultations.roadmap.models import EvidenceLink
from partnership.pages.access import open_to_all
from partnership.serving import fresh_until

if TYPE_CHECKING:
    from home.models import StoryPage

OTHERS = 3
#: What of a consultation a promise may cite.
SAID = ("statement", "contribution", "question")


def way_on(story: "StoryPage", request: HttpRequest) -> dict[str, Any]:
    """Return where a reader may go from here; a query for each of the three."""
    return {
        "origins": origins_of(story, request),
        "others": [
            {"title": each.title, "url": each.get_url(request), "day": each.told_on}
            for each in other_stories(story)
        ],
        "take_part": take_part(request),
    }


def origins_of(story: "StoryPage", request: HttpRequest) -> list[dict[str, str]]:
    """The events and consultations its promise goes back to, each once, as links."""
    if story.commitment_id is None:
        return []
    cited = EvidenceLink.objects.public().of_published_roadmaps().with_targets()
    pages = [_page_of(link) for link in cited.filter(commitment=story.commitment_id)]
    return [
        {
            "label": page.title,
            "url": page.get_url(request),
            "icon": ICONS["consultation" if isinstance(page, ConsultationPage) else "event"],
        }
        for page in {page.pk: page for page in pages}.values()
    ]


def _page_of(link: EvidenceLink) -> Any:
    return link.target.consultation if link.kind in SAID else link.target


def other_stories(story: "StoryPage") -> list["StoryPage"]:
    """The latest few others, those of the same promise first."""
    same = When(commitment__isnull=False, commitment=story.commitment_id, then=Value(0))
    nearness = Case(same, default=Value(1), output_field=IntegerField())
    others = type(story).objects.published().exclude(pk=story.pk)
    return list(others.order_by(nearness, "-told_on", "-pk")[:OTHERS])


def take_part(request: HttpRequest) -> dict[str, Any] | None:
    """The open consultation that closes first, else the list of them; None without either."""
    public = ConsultationPage.objects.live().filter(open_to_all())
    asked = public.open().exclude(participation=Participation.NONE).first()
    if asked is not None:
        fresh_until(request, asked.closes_at)
        return {"title": asked.title, "url": asked.get_url(request), "is_open": True}
    index = ConsultationIndexPage.objects.live().filter(open_to_all()).first()
    return index and {"title": index.title, "url": index.get_url(request), "is_open": False}
