"""Asks an address and notes what that would write."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.test import Client

NO_SUCH_METHOD = 405
NOT_THERE = frozenset((404, NO_SUCH_METHOD))
REFUSED = NOT_THERE | {401, 403}
HOME, DOORS = "/admin/", ("/account/", "/cuenta/")


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


def is_refused(response: Any) -> bool:
    """Sent to the door, home with a word of why, or told that there is nothing."""
    leads = response.headers.get("Location", "")
    to_the_door = any(f"{door}sign-in" in leads or "login" in leads for door in DOORS)
    return response.status_code in REFUSED or to_the_door or leads == HOME


def answers_to(client: Client, path: str) -> set[int]:
    """What is told to whoever reads it and whoever sends something there; nothing stays."""
    with transaction.atomic():
        codes = {client.get(path).status_code, client.post(path).status_code}
        transaction.set_rollback(True)
    return codes
