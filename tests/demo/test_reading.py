"""Whoever only reads leaves nothing behind: crawlers ask for every address, by millions.

An answer is drawn for a visitor or for an account in turn; `make bench` draws it for both.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from partnership.people.models import Participant
from tests.demo.test_who_may import EVERY, EVERYBODY, RESIDENTS, Address, Filler
from tests.factories.people import ResidentFactory
from tests.tools import drawing
from tests.tools.turns import EVERYBODYS

pytestmark = pytest.mark.usefixtures("demo", "db")

#: What tells whether the site can write is a row that is written, always the same one.
ALWAYS_THE_SAME = ("serving_heartbeat", "pages_photorendition")
#: What links from elsewhere may carry.
QUERY = "?next=/en/&code=abc&state=abc&error=access_denied&q=x&page=2&text=x&city=alder-bay"


class Written:
    """Notes the tables of every statement that writes, sessions too."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not any(
            f'"{table}"' in sql for table in ALWAYS_THE_SAME
        ):
            self.seen.append(sql[:60])
        return execute(sql, *rest)


def public_ones() -> Iterator[Address]:
    """Every address that is no screen of the admin."""
    return (one for one in EVERY if one.who in (EVERYBODY, RESIDENTS) and "admin" not in one.name)


def written_by(client: Client, path: str, *, is_drawn: bool) -> list[str]:
    client.raise_request_exception = False
    with (
        nullcontext() if is_drawn or EVERYBODYS else drawing.left_out(),
        connection.execute_wrapper(written := Written()),
    ):
        client.get(path)
    return written.seen


def left_by_a_visitor(query: str = "") -> list[tuple[str, list[str]]]:
    fill = Filler().address
    seen = (
        (one.name, written_by(Client(), fill(one.route) + query, is_drawn=turn % 2 == 0))
        for turn, one in enumerate(public_ones())
    )
    return [(name, written) for name, written in seen if written]


def test_a_visitor_who_only_reads_leaves_no_row_and_no_session() -> None:
    assert left_by_a_visitor() == []


def test_nor_does_one_who_follows_a_link_with_everything_in_it(unwritten) -> None:
    """Only what is chosen depends on that, and how it is drawn was seen above."""
    assert left_by_a_visitor(QUERY) == []


def test_an_account_that_only_reads_takes_part_in_nothing() -> None:
    reader = ResidentFactory()
    client = Client()
    client.force_login(reader)
    fill, left = Filler().address, {}
    for turn, one in enumerate(public_ones()):
        if seen := written_by(client, fill(one.route), is_drawn=turn % 2 == 1):
            left[one.name] = seen

    assert left == {}
    assert not Participant.objects.filter(resident=reader).exists()
