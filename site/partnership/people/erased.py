"""Who was erased, kept beside the database: a backup that is put back brings nobody back.

One line for each erasure in ``erased.jsonl`` in ``VAR_DIR``: when, whether their public words
stayed, and digests in which only the account or participant of an older copy can be found again.
"""

import hashlib
import json
import logging
import os
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from partnership.people.digests import digest, older_digests
from partnership.people.models import Participant, Resident

log = logging.getLogger(__name__)


class Wish(NamedTuple):
    """When somebody was erased, and whether what everybody could read stayed."""

    at: datetime
    keep_words: bool


def path() -> Path:
    """Return where it is kept; a server with several machines shares that folder."""
    return Path(settings.VAR_DIR) / "erased.jsonl"


def mark_of(person: Resident | Participant) -> str:
    """Return the digest of an account or participant: its number and its first microsecond."""
    since = person.joined_at if isinstance(person, Resident) else person.created_at
    told = f"{person._meta.model_name}:{person.pk}:{since.astimezone(UTC).isoformat()}"
    return hashlib.sha256(told.encode()).hexdigest()


def note(*persons: Resident | Participant, email: str, keep_words: bool) -> None:
    """Write down an erasure once it is committed.

    The address, as the keyed digest that guests have, finds them as the guest they were before.
    """
    marks = [mark_of(person) for person in persons]
    if email:
        marks += (digest(email), *older_digests(email))
    line = {"at": timezone.now().isoformat(), "keep_words": keep_words, "marks": sorted(marks)}
    transaction.on_commit(partial(_append, json.dumps(line)))


def noted() -> dict[str, Wish]:
    """Return what each mark stands for; the last line about it counts."""
    try:
        lines = path().read_text().splitlines()
    except FileNotFoundError:
        return {}
    known: dict[str, Wish] = {}
    for line in lines:
        entry = json.loads(line)
        wish = Wish(datetime.fromisoformat(entry["at"]), entry["keep_words"])
        known.update(dict.fromkeys(entry["marks"], wish))
    return known


def wish_of(guest: Participant, known: dict[str, Wish]) -> Wish | None:
    """Return what a guest wished who was erased; None for who came after that, or never did."""
    by_address = known.get(guest.guest_digest or "")
    if by_address and by_address.at < guest.created_at:
        by_address = None
    return known.get(mark_of(guest)) or by_address


def _append(line: str) -> None:
    """Add a line, on the disk before it returns; what fails is for whoever runs the site."""
    try:
        path().parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, f"{line}\n".encode())
            os.fsync(file)
        finally:
            os.close(file)
    except OSError:
        log.exception("An erasure was not noted in %s: an older backup would undo it.", path())
