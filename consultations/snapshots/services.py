"""Publish results for good, and compare them with what is counted today."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from consultations.models import ConsultationPage
from consultations.snapshots.content import Drift, content_of, differences
from consultations.snapshots.models import ResultSnapshot
from consultations.snapshots.reading import counted_cities
from consultations.snapshots.refusals import (
    NotClosed,
    NothingChanged,
    ReasonMissing,
    TotalsDiffer,
)
from consultations.tallies import drift, hold_totals
from partnership.cities.models import City
from partnership.ledger.digests import digest_of
from partnership.people.models import Resident
from partnership.serving import public_changed


@transaction.atomic
def freeze(
    consultation: ConsultationPage, *, by: Resident | None = None, reason: str = ""
) -> ResultSnapshot:
    """Publish the results as they are counted now; readers see these from then on.

    Holds the totals, and freezes nothing that a recount would not find. Raises NotClosed,
    TotalsDiffer, NothingChanged, and ReasonMissing when it replaces published figures.
    """
    if not consultation.is_over:
        raise NotClosed
    hold_totals(consultation)
    if wrong := drift(consultation):
        raise TotalsDiffer(len(wrong))
    content = content_of(consultation, _cities())
    digest = digest_of(content)
    # Locked: of two who publish at once the second finds what the first one wrote.
    ConsultationPage.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    last = consultation.snapshots.order_by("-number").first()
    if last is not None and last.digest == digest:
        raise NothingChanged
    if last is not None and not reason.strip():
        raise ReasonMissing
    snapshot = ResultSnapshot.objects.create(
        consultation=consultation,
        number=last.number + 1 if last else 1,
        content=content,
        digest=digest,
        reason=reason.strip(),
        frozen_by=by,
    )
    public_changed()
    return snapshot


@dataclass(frozen=True)
class Verification:
    """Whether a snapshot is what was published, and where today's figures differ from it."""

    snapshot: ResultSnapshot
    is_intact: bool
    drift: Sequence[Drift]


def verify(snapshot: ResultSnapshot, now: dict[str, Any] | None = None) -> Verification:
    """Compute the digest again, and count everything again; changes nothing.

    A city that joined since then is left out: nothing of it was published.
    ``now`` is today's content, for a caller that has it.
    """
    if now is None:
        now = content_of(snapshot.consultation, counted_cities(snapshot, _cities()))
    return Verification(snapshot, snapshot.is_intact, differences(snapshot.content, now))


def _cities() -> list[City]:
    return list(City.objects.all())
