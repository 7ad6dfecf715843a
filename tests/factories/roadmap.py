"""Roadmaps for tests: the smallest valid ones, this year."""

from datetime import date
from typing import Any

from django.utils import timezone

from consultations.roadmap.enums import CommitmentStatus
from consultations.roadmap.models import (
    Commitment,
    EvidenceLink,
    RoadmapIndexPage,
    RoadmapPage,
)
from partnership.pages.languages import CODES, localized
from tests.factories.cities import city_pair
from tests.factories.pages import add_page, in_languages, make_site


def in_every_language(**words: str) -> dict[str, str]:
    """The same words in every language: ``in_every_language(title="One form")``."""
    return {localized(name, code): text for name, text in words.items() for code in CODES}


def make_roadmap_index() -> RoadmapIndexPage:
    """The list of roadmaps, made once, at /en/roadmap/ and /es/hoja-de-ruta/."""
    found = RoadmapIndexPage.objects.first()
    if found is not None:
        return found
    slugs = in_languages("local_slug", en="roadmap", es="hoja-de-ruta")
    addresses = {**slugs, "slug": "roadmap"}
    titles = in_languages("title", en="Roadmap", es="Hoja de ruta")
    lead = in_every_language(lead="What we promise each other.")
    return add_page(make_site(), RoadmapIndexPage, **titles, **addresses, **lead)


def make_roadmap(year: int | None = None, **fields: Any) -> RoadmapPage:
    """The published roadmap of a year; this year's unless told."""
    year = year or timezone.now().year
    titles = in_languages("title", en=f"Roadmap {year}", es=f"Hoja de ruta {year}")
    slugs = {**in_every_language(local_slug=str(year)), "slug": str(year)}
    lead = in_every_language(lead="Promises for one year.")
    values = {**titles, **slugs, **lead, "year": year}
    return add_page(make_roadmap_index(), RoadmapPage, **{**values, **fields})


def make_commitment(roadmap: RoadmapPage | None = None, **fields: Any) -> Commitment:
    """A planned commitment, led by Alder Bay, due at the end of its roadmap's year."""
    roadmap = roadmap or RoadmapPage.objects.first() or make_roadmap()
    leads = fields.pop("led_by", None) or [city_pair()[0]]
    title = fields.pop("title", "A promise")
    values = {
        "number": roadmap.commitments.count() + 1,
        "due_on": date(roadmap.year, 12, 31),
        "status": CommitmentStatus.AGREED,
        **in_every_language(title=title, description="What it means.", theme="Streets"),
    }
    commitment = Commitment.objects.create(roadmap=roadmap, **{**values, **fields})
    commitment.led_by.set(leads)
    return commitment


def cite(commitment: Commitment, **target: Any) -> EvidenceLink:
    """Link the commitment to its evidence: ``cite(commitment, statement=statement)``."""
    return EvidenceLink.objects.create(commitment=commitment, **target)
