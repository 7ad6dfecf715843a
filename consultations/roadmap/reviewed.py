"""What the roadmap knows of annual reviews: whether there is one, and where it is.

A roadmap is published when the year before has been looked back on. The room of the reviews
stands above this one, so it is known here by its strings.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from partnership.pages.languages import CODES, localized
from partnership.pages.wording.foreign import in_own_language
from partnership.pages.wording.gate import NotReady

if TYPE_CHECKING:
    from consultations.roadmap.models import Commitment, RoadmapPage


class YearNotReviewed(NotReady):
    """Nobody has signed what became of the promises of the year before."""

    code = "year_not_reviewed"

    def __init__(self, before: "RoadmapPage") -> None:
        super().__init__(
            _(
                "The roadmap of %(year)s comes first: every city has to sign its review before the "
                "next roadmap is published."
            )
            % {"year": before.year}
        )
        self.link = review_url(before), _("To the review of %(year)s") % {"year": before.year}


def refuse_unreviewed(roadmap: "RoadmapPage") -> None:
    """Raise YearNotReviewed while the last roadmap before this one has no signed review.

    Readers know a roadmap when it is or was published. What they know of this year already
    stays as it is, and the first roadmap follows none.
    """
    if _known(roadmap).filter(pk=roadmap.pk, year=roadmap.year).exists():
        return
    before = year_before(roadmap)
    if before is not None and not is_reviewed(before):
        raise YearNotReviewed(before)


def year_before(roadmap: "RoadmapPage") -> Any:
    """Return the last roadmap before this one that readers know; None for the first."""
    earlier = _known(roadmap).filter(year__lt=roadmap.year).exclude(pk=roadmap.pk)
    return earlier.select_related("annual_review").order_by("-year").first()


def _known(roadmap: "RoadmapPage") -> Any:
    """Roadmaps that are or were published."""
    pages: Any = type(roadmap)._base_manager
    return pages.filter(Q(live=True) | Q(first_published_at__isnull=False))


def review_of(roadmap: "RoadmapPage") -> Any:
    """Return the review of a roadmap, signed or not; None where nobody has begun it."""
    return getattr(roadmap, "annual_review", None)


def is_reviewed(roadmap: "RoadmapPage") -> bool:
    """Whether every city has signed what became of the year."""
    review = review_of(roadmap)
    return review is not None and review.is_signed


def review_url(roadmap: "RoadmapPage") -> str:
    """Where editors write the review of a roadmap, or begin it."""
    review = review_of(roadmap)
    if review is not None:
        return reverse("annual_reviews:edit", args=(review.pk,))
    return f"{reverse('annual_reviews:add')}?roadmap={roadmap.pk}"


# For readers ------------------------------------------------------------------------------


def links_to_reviews(page: "RoadmapPage", years: Sequence["RoadmapPage"]) -> list[dict[str, Any]]:
    """The signed reviews of this year and of the year before, of the years ``with_reviews()``."""
    own = [each for each in years if each.pk == page.pk]
    before = [each for each in years if each.year < page.year][-1:]
    return [
        {"year": each.year, "url": _address(each.year), "is_own": each in own}
        for each in (*own, *before)
        if each.has_review
    ]


def verdict_on(commitment: "Commitment") -> dict[str, Any] | None:
    """What the signed review says of a promise ``with_verdicts()``; None while there is none."""
    if not getattr(commitment, "verdict", None):
        return None
    why = {code: getattr(commitment, localized("verdict_why", code)) or "" for code in CODES}
    return {
        "verdict": commitment.verdict,
        "why": in_own_language(why),
        "url": f"{_address(commitment.roadmap.year)}#{commitment.anchor}",
        "goes_on": _goes_on(commitment),
    }


def _goes_on(commitment: "Commitment") -> dict[str, Any] | None:
    """The promise of a later year that one was carried over into; it costs no query."""
    number, year = commitment.verdict_number, commitment.verdict_year
    later = next((each for each in commitment.roadmap.years if each.year == year), None)
    if later is None:
        return None
    return {"number": number, "year": year, "url": f"{later.get_url()}#item-{number}"}


def in_the_sitemap(page: "RoadmapPage", request: HttpRequest | None) -> list[dict[str, Any]]:
    """The addresses of the review of its year, each with its twins; none without a signed one."""
    if request is None or not is_reviewed(page):
        return []
    twins = []
    for code in CODES:
        with translation.override(code):
            location = request.build_absolute_uri(_address(page.year))
        twins.append({"location": location, "lang_code": code})
    alternates = [*twins, {"location": twins[0]["location"], "lang_code": "x-default"}]
    changed_at = review_of(page).signed_at
    return [
        {"location": twin["location"], "lastmod": changed_at, "alternates": alternates}
        for twin in twins
    ]


def _address(year: int) -> str:
    return reverse("annual_review", args=(year,))
