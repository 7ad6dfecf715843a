"""The public log as readers see it: what was signed, by which cities, when, and where it is."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Model

from partnership.cities.models import City
from partnership.ledger.kinds import Shown, kind_of_model
from partnership.ledger.models import ApprovalRequest, LedgerEntry

#: Grows when a key of the file is taken away, renamed or means something else.
SCHEMA_VERSION = 1
PER_PAGE = 20
AT_A_TIME = 500


def entries_with_subjects() -> Any:
    """Every entry with what was asked, the newest first; what was signed is not read."""
    entries = LedgerEntry.objects.select_related("request__content_type")
    return entries.defer("request__content")


def shown_of(requests: Iterable[ApprovalRequest]) -> dict[int, Shown]:
    """What readers may be told of these requests, by their keys; asks each kind once."""
    of_kinds: dict[Any, list[ApprovalRequest]] = defaultdict(list)
    for request in requests:
        of_kinds[request.content_type.model_class()].append(request)
    shown: dict[int, Shown] = {}
    for model, asked in of_kinds.items():
        kind = kind_of_model(model)
        if kind is not None:
            shown.update(kind.shown(asked))
    return shown


def rows_of(entries: Sequence[LedgerEntry], cities: Iterable[City]) -> list[dict[str, Any]]:
    """What the page shows of these entries."""
    shown = shown_of(entry.request for entry in entries)
    known = {city.code: city for city in cities}
    return [
        {
            "entry": entry,
            "shown": shown.get(entry.request_id),
            "signatures": signatures_of(entry, known),
        }
        for entry in entries
    ]


def entry_about(subject: Model) -> LedgerEntry | None:
    """Where the log tells of a thing, the latest time that every city signed it; one query."""
    kind = ContentType.objects.get_for_model(subject)
    entries = LedgerEntry.objects.filter(request__content_type=kind, request__object_id=subject.pk)
    return entries.first()


def signatures_of(entry: LedgerEntry, known: Mapping[str, City]) -> list[dict[str, Any]]:
    """Who signed an entry, when and by which clock; ``known`` are the cities by their codes."""
    return [_signature(each, known) for each in entry.signatures]


def _signature(signed: dict[str, str], known: Mapping[str, City]) -> dict[str, Any]:
    """A city that has another code today goes by its old one, and the clock of Greenwich."""
    city = known.get(signed["city"])
    return {
        "name": city.name if city else signed["city"],
        "zone": city.time_zone if city else "UTC",
        "at": datetime.fromisoformat(signed["signed_at"]),
    }


def page_number_of(number: int) -> int:
    """On which page this entry is now; others come before it."""
    last: int = LedgerEntry.objects.aggregate(last=Max("number"))["last"] or 0
    return max(0, last - number) // PER_PAGE + 1


def log_as_json(content_url: str) -> Iterator[str]:
    """The whole log, the first entry first, piece by piece."""
    head = LedgerEntry.objects.first()
    about = {
        "schema_version": SCHEMA_VERSION,
        "rule": (
            "hash = SHA-256 of record as JSON in UTF-8, keys in order, no blanks;"
            " record.before = hash of the entry before; record.digest = SHA-256 of content"
        ),
        "content": content_url,
        "head": head and {"number": head.number, "hash": head.hash},
    }
    yield f'{json.dumps(about)[:-1]}, "entries": ['
    entries = LedgerEntry.objects.order_by("number")
    if head is not None:  # what is appended while this is read belongs to the next file
        entries = entries.filter(number__lte=head.number)
    for place, entry in enumerate(entries.iterator(chunk_size=AT_A_TIME)):
        yield f"{',' if place else ''}\n{json.dumps({'hash': entry.hash, 'record': entry.record})}"
    yield "\n]}\n"
