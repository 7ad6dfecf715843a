"""Benchmarks write their figures down; `make bench` makes the page of them."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture
def figure() -> Callable[..., None]:
    """Return a function that records a figure and fails when it misses its limit.

    ``figure("CSV of 100,000 contributions, memory", 8.2, unit="MB", at_most=20)``
    """
    page = Path(os.environ.get("BENCH_FIGURES") or Path(settings.VAR_DIR) / "figures.jsonl")

    def record(what: str, measured: float, *, unit: str, at_most: float | None = None) -> None:
        line = {
            "what": what,
            "measured": measured,
            "unit": unit,
            "at_most": at_most,
            "database": connection.vendor,
        }
        with page.open("a") as file:
            file.write(json.dumps(line) + "\n")
        if at_most is not None:
            assert measured <= at_most

    return record
