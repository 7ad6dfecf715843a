"""What somebody saw of a thing when they opened its form: a short digest of every value."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.core import signing
from django.db.models import Model, QuerySet

SALT = "things.seen"
LENGTH = 12
#: The digests of a row by the names of its fields; of all rows by their keys.
Digests = dict[str, str]


def digest(value: Any) -> str:
    """Return a digest that is the same for what is stored and for what was typed of it."""
    plain = json.dumps(_plain(value), sort_keys=True, default=str)
    return sha256(plain.encode()).hexdigest()[:LENGTH]


def digests(values: Mapping[str, Any]) -> Digests:
    """Return the digests of some values by their names."""
    return {name: digest(value) for name, value in values.items()}


def written_down(own: Digests, rows: Mapping[str, Mapping[str, Digests]]) -> str:
    """Return what a hidden field keeps of it, signed so that it comes back as it was."""
    return signing.dumps([own, rows], salt=SALT, compress=True)


def read(text: str) -> tuple[Digests, dict[str, dict[str, Digests]]] | None:
    """Return what was written down; None for what comes from no form of ours."""
    try:
        own, rows = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return own, rows


def _plain(value: Any) -> Any:
    """A value as it would be in JSON, whichever side of a form it comes from."""
    if value is None:
        return ""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, QuerySet | Iterable):
        return sorted((_plain(each) for each in value), key=str)
    return value
