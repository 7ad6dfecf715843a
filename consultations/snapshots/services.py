"""Publish results for good, and compare them with what is counted today."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from consultations.deciding import there_at_the_close
from consultations.models import ConsultationPage
from consultations.snapshots.content import Drift, content_of, differences, differs_by_few
from consultations.snapshots.models import ResultSnapshot
from consultations.snapshots.reading import counted_cities
from consultations.snapshots.refusals import (
    NotClosed,
    NothingChanged,
    ReasonMissing,
    TooFewBetween,
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
    A correction speaks of the cities it corrects, and of none that joined since then; raises
    TooFewBetween, see there.
    """
    if not consultation.is_over:
        raise NotClosed
    hold_totals(consultation)
    if wrong := drift(consultation):
        raise TotalsDiffer(len(wrong))
    # Locked: of two who publish at once the second finds what the first one wrote.
    ConsultationPage.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    published = list(consultation.snapshots.order_by("-number"))
    last = published[0] if published else None
    content = content_of(consultation, counted_cities(last, _cities(consultation)))
    digest = digest_of(content)
    if last is not None and last.digest == digest:
        raise NothingChanged
    _refuse_to_tell_of_few(published, content)
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


def _refuse_to_tell_of_few(published: Sequence[ResultSnapshot], content: dict[str, Any]) -> None:
    """Raise TooFewBetween where two results side by side tell what fewer than five people said.

    What was published stays on record, because everybody may compute its fingerprint again; and
    whoever has the file keeps it in any case. So it is the next one that has to wait until there
    are more of them. Meanwhile the page says where today's figures differ, and not how.
    """
    if any(differs_by_few(each.content, content) for each in published):
        raise TooFewBetween


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
        now = content_of(
            snapshot.consultation, counted_cities(snapshot, _cities(snapshot.consultation))
        )
    return Verification(snapshot, snapshot.is_intact, differences(snapshot.content, now))


def _cities(consultation: ConsultationPage) -> list[City]:
    return there_at_the_close(consultation, City.objects.all())
