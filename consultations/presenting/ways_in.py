"""How the shares of ways in and of speakers are told on the page of a consultation that is over."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.enums import Channel
from consultations.models import ConsultationPage
from consultations.snapshots.models import ResultSnapshot
from consultations.ways_in import FORMS, Share, WaysIn, counted, ways_in
from partnership.people.enums import OrganisationKind


def to_count(consultation: ConsultationPage, snapshot: ResultSnapshot | None) -> list[Any]:
    """What is counted for it, after the close; nothing before it."""
    if not consultation.pk or not consultation.is_over:
        return []
    return counted(consultation, until=snapshot.frozen_at if snapshot else None)


def ways_in_rows(rows: list[Any]) -> list[dict[str, Any]]:
    """What came in, by the rows that were counted; nothing of fewer than five."""
    return [_told(each) for each in ways_in(rows)]


def _told(found: WaysIn) -> dict[str, Any]:
    channels = {each.value: str(each.label) for each in Channel}
    kinds = {"": _("for themselves")}
    kinds |= {each.value: str(each.label) for each in OrganisationKind}
    return {
        "title": _("Filled forms") if found.what == FORMS else _("Comments and ideas"),
        "whole": found.whole,
        "parts": [_part(each, channels) for each in found.channels],
        "kinds": [_part(each, kinds) for each in found.kinds],
        "only_part": _only(found.channels, channels),
        "only_kind": _only(found.kinds, kinds),
    }


def _only(shares: Sequence[Share], labels: dict[str, str]) -> str:
    """What the one group is called that there is, as it stands in a sentence; else empty."""
    if len(shares) != 1 or shares[0].number is None:
        return ""
    return labels.get(shares[0].group, shares[0].group)


def _part(share: Share, labels: dict[str, str]) -> dict[str, Any]:
    label = capfirst(labels.get(share.group, share.group))
    return {"label": label, "number": share.number, "percent": share.percent}
