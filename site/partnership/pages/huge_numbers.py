"""A number no key can have finds nothing: on every database, in addresses and in forms alike.

Django knows this of plain integer columns and exact look-ups. Of foreign keys, of keys of pages
(which are foreign keys to their parent) and of ``in`` it does not: SQLite's driver raises
OverflowError for what has more than 64 bits, and the reader gets a 500 instead of a 404.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models.fields import IntegerField
from django.db.models.fields.related import ForeignObject
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import In

BITS = 64
LONGEST_KEY = 18  # digits; Python itself refuses to read some thousand


def is_huge(value: Any) -> bool:
    """Whether no column can hold it."""
    return isinstance(value, int) and value.bit_length() >= BITS


def key_in(text: str) -> int | None:
    """The key that somebody's text stands for; None for what can be none."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else None


class _WithoutHugeOnes:
    """An ``in`` that leaves out what cannot be there."""

    rhs: Any

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if self.rhs_is_direct_value():  # type: ignore[attr-defined]  # of every look-up
            self.rhs = [value for value in self.rhs if not is_huge(value)]
        return super().process_rhs(compiler, connection)  # type: ignore[misc]  # of every look-up


class KeyIs(RelatedExact):
    """The key of another row, if it can be one."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if is_huge(self.rhs):
            raise EmptyResultSet
        return super().process_rhs(compiler, connection)


class KeyIsOneOf(_WithoutHugeOnes, RelatedIn):
    """One of the keys of other rows."""


class NumberIsOneOf(_WithoutHugeOnes, In):
    """One of some numbers."""


def find_nothing() -> None:
    """Teach it to all fields; called once, when the apps are ready."""
    ForeignObject.register_lookup(KeyIs)
    ForeignObject.register_lookup(KeyIsOneOf)
    IntegerField.register_lookup(NumberIsOneOf)
