"""The ideas of a consultation that are about a place, as GeoJSON (RFC 7946)."""

import json
from collections.abc import Iterator
from typing import Any

from consultations.models import ConsultationPage, Contribution
from consultations.open_data.published import PublishedScope
from consultations.querysets import ContributionQuerySet
from partnership.tables.columns import AT_A_TIME

SUFFIX = "geojson"


def placed(consultation: ConsultationPage) -> ContributionQuerySet:
    """Those that readers see, in the order they were written."""
    ideas: ContributionQuerySet = consultation.contributions.published().ideas().of_residents()
    return ideas.exclude(latitude=None).order_by("pk")


def geojson_of(consultation: ConsultationPage) -> Iterator[bytes]:
    """One point for each, told as in the table of comments, by the same key."""
    scope = PublishedScope(consultation)
    yield b'{"type": "FeatureCollection", "features": ['
    rows = placed(consultation).select_related("neighbourhood").iterator(AT_A_TIME)
    for place, idea in enumerate(rows):
        written = json.dumps(_feature(idea, scope), ensure_ascii=False)
        yield f"{',' if place else ''}\n{written}".encode()
    yield b"\n]}\n"


def _feature(idea: Contribution, scope: PublishedScope) -> dict[str, Any]:
    # longitude first: the order of RFC 7946
    point = [float(degrees or 0) for degrees in (idea.longitude, idea.latitude)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": point},
        "properties": {
            "key": scope.key("comment", idea.pk),
            "title": idea.title,
            "text": idea.words_below,
            "language": idea.language_code,
            "city": scope.city(idea.city_id),
            "neighbourhood": idea.neighbourhood.code if idea.neighbourhood else "",
            "written_on": scope.when(idea.created_at),
        },
    }
