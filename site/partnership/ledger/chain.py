"""The public log: each approval of every city, hashed together with the one before it.

Whoever has the rows can compute every hash again, and whoever noted a hash finds out whether the
log still says what it said up to there.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from django.db import connection, transaction

from partnership.cities.models import City
from partnership.ledger.digests import FIRST, digest_of
from partnership.ledger.models import ApprovalRequest, LedgerEntry
from partnership.serving import public_changed

#: Readers go on; of two who append, the second waits, whether or not there is a row to lock.
LOCK = "LOCK TABLE ledger_ledgerentry IN EXCLUSIVE MODE"
AT_A_TIME = 500


@transaction.atomic
def append(request: ApprovalRequest) -> LedgerEntry:
    """Enter what every city has signed; call it in the transaction of the last signature.

    Locks the log until the commit, so call it last: on PostgreSQL its table; on SQLite only
    one transaction writes at a time.
    """
    hold()
    entry = LedgerEntry(**values_after(LedgerEntry.objects.first(), request))
    entry.save(force_insert=True)
    public_changed()
    return entry


def hold() -> None:
    """Let nobody else append until we commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(LOCK)


def values_after(last: Any, request: Any) -> dict[str, Any]:
    """Return the columns of the entry of a request that comes after ``last`` (None: the first)."""
    record = {
        "before": last.hash if last else FIRST,
        "digest": request.digest,
        "number": last.number + 1 if last else 1,
        "signatures": signatures_of(request.approvals.select_related("city")),
    }
    return {**record, "request": request, "hash": digest_of(record)}


def signatures_of(approvals: Iterable[Any]) -> list[dict[str, str]]:
    """Which city signed when, in UTC, in the order they did; nobody's name."""
    signed = [
        {
            "city": approval.city.code,
            "signed_at": approval.given_at.astimezone(UTC).isoformat(timespec="microseconds"),
        }
        for approval in approvals
    ]
    return sorted(signed, key=lambda each: (each["signed_at"], each["city"]))


# Computing it again ------------------------------------------------------------------------

NOTED_HASH_IS_GONE = (
    "It is not there, and no entry before it has the hash that was noted. Since then entries were"
    " taken away or written anew; or the hash was noted of another site."
)


def first_broken(head: str = "") -> tuple[int, str] | None:
    """Return the number of the first entry that is not what it was, and why; None if all are.

    ``head`` is a hash somebody noted: it must still be there. A log cut off at its end is
    found by what the cities signed and is in no entry, or by such a hash.
    """
    before, number, found_head = FIRST, 0, not head
    codes = set(City.objects.values_list("code", flat=True))
    for entry in _entries():
        number += 1
        if entry.number != number:
            return number, "It is missing."
        if why := _what_is_wrong(entry, before, codes):
            return number, why
        before = entry.hash
        found_head = found_head or before == head
    left_out = ApprovalRequest.objects.signed().filter(entry=None).count()
    if left_out:
        return number + 1, "Something that every city has signed is in no entry."
    if not found_head:
        return number + 1, NOTED_HASH_IS_GONE
    return None


def _entries() -> Iterator[LedgerEntry]:
    entries = LedgerEntry.objects.order_by("number").select_related("request")
    signed = entries.prefetch_related("request__approvals__city")
    return signed.iterator(chunk_size=AT_A_TIME)


def _what_is_wrong(entry: LedgerEntry, before: str, codes: set[str]) -> str:
    if entry.before != before:
        return "It does not follow the entry before it."
    if entry.hash != digest_of(entry.record):
        return "Its hash is not that of its record."
    if not entry.request.is_intact or entry.request.digest != entry.digest:
        return "What was signed is not what its fingerprint was made from."
    if not _are_given(entry.signatures, signatures_of(entry.request.approvals.all()), codes):
        return "Its signatures are not those that were given."
    return ""


def _are_given(written: list[Any], given: list[Any], codes: set[str]) -> bool:
    """Whether these were given; a city that has another code today is known by its instant."""
    return len(written) == len(given) and all(
        then["signed_at"] == now["signed_at"]
        and (then["city"] == now["city"] or then["city"] not in codes)
        for then, now in zip(written, given, strict=True)
    )
