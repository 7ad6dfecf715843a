"""What the cities are called together."""

from collections.abc import Iterable


def as_one(names: Iterable[object]) -> str:
    """The names as one: “A & B”, and “A, B & C” where there are more."""
    *first, last = [str(name) for name in names] or [""]
    return f"{', '.join(first)} & {last}" if first else last
