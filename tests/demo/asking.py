"""Asks an address and notes what that would write."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.test import Client

NO_SUCH_METHOD = 405


class Writes:
    """Notes every statement that would change a row, but of what somebody's browser is told."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql:
            self.seen.append(sql[:80])
        return execute(sql, *rest)


def tried(client: Client, path: str, methods: tuple[str, ...]) -> Iterator[tuple[str, Any, Any]]:
    """The next method is tried where nobody may use the one before, which tells nothing."""
    for method in methods:
        with connection.execute_wrapper(writes := Writes()):
            answer = client.generic(method, path)
        yield method, answer, writes.seen
        if answer.status_code != NO_SUCH_METHOD:
            return


def answers_to(client: Client, path: str) -> set[int]:
    """What is told to whoever reads it and whoever sends something there; nothing stays."""
    with transaction.atomic():
        codes = {client.get(path).status_code, client.post(path).status_code}
        transaction.set_rollback(True)
    return codes
