"""Whose turn it is: what `make test` does in one way after the other, `make bench` in each."""

import os
from collections.abc import Callable, Sequence

import pytest
from django.db import connection

EVERYBODYS = "EVERY_TURN" in os.environ


def in_turn(names: str, walks: Sequence[object]) -> pytest.MarkDecorator:
    """Ask for the first of these walks, which differ in their words alone; the others wait."""
    return pytest.mark.parametrize(names, walks if EVERYBODYS else walks[:1])


def both_at_length(test: Callable[..., None]) -> Callable[..., None]:
    """Ask it of PostgreSQL too where everybody has a turn: it takes longer than it tells there."""
    return pytest.mark.both(test) if EVERYBODYS else test


def taken(ways: Sequence[object], *there: object) -> Sequence[object]:
    """Return all of them on SQLite, on PostgreSQL ``there`` alone: one query serves them all."""
    return there if connection.vendor == "postgresql" and not EVERYBODYS else ways
