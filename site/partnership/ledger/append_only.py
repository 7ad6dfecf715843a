"""The database itself refuses to change or delete a record, whoever asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core import checks
from django.db import connection as default_connection
from django.db import connections, transaction

from partnership.ledger.digests import FIRST

#: The tables, and the column in each that an erased account may leave empty.
TABLES = {
    "ledger_approvalrequest": "requested_by_id",
    "ledger_approvalrequest_cities": "",
    "ledger_approval": "given_by_id",
    "ledger_conclusion": "concluded_by_id",
    "ledger_ledgerentry": "",
}
KEPT = "ledger: records are never changed or deleted"
NO_SIGNATURE = (
    "NEW.digest <> (SELECT digest FROM ledger_approvalrequest WHERE id = NEW.request_id)"
    " OR EXISTS (SELECT 1 FROM ledger_conclusion WHERE request_id = NEW.request_id)"
)
A_CITY_IS_MISSING = (
    "NEW.outcome = 'signed' AND EXISTS (SELECT 1 FROM ledger_approvalrequest_cities asked"
    " WHERE asked.approvalrequest_id = NEW.request_id AND NOT EXISTS (SELECT 1 FROM"
    " ledger_approval given WHERE given.request_id = NEW.request_id"
    " AND given.city_id = asked.city_id))"
)
IS_NOT_NEXT = (
    "NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_ledgerentry)"  # noqa: S608 - a constant of ours
    ' OR NEW."before" <> COALESCE((SELECT hash FROM ledger_ledgerentry'
    f" ORDER BY number DESC LIMIT 1), '{FIRST}')"
    " OR NEW.digest <> (SELECT digest FROM ledger_approvalrequest WHERE id = NEW.request_id)"
    " OR NOT EXISTS (SELECT 1 FROM ledger_conclusion"
    " WHERE request_id = NEW.request_id AND outcome = 'signed')"
)
#: What may not be written, by the table it would be written to, and what is said about it.
UNTRUE = {
    "ledger_approval": (NO_SIGNATURE, "ledger: an approval signs the digest of an open request"),
    "ledger_conclusion": (A_CITY_IS_MISSING, "ledger: signed means signed by every city asked"),
    "ledger_ledgerentry": (IS_NOT_NEXT, "ledger: an entry follows the last one and is signed"),
}


def protect(connection: Any) -> None:
    """Put the triggers on the tables that are there; can be run at any time."""
    lift(connection)
    with connection.cursor() as cursor:
        for statement in _statements(connection):
            cursor.execute(statement)


def lift(connection: Any) -> None:
    """Take the triggers off, for a migration back."""
    with connection.cursor() as cursor:
        there = connection.introspection.table_names(cursor)
        for table, name in ((table, name) for table, name in _triggers() if table in there):
            where = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{where}')
            if connection.vendor == "postgresql":
                cursor.execute(f'DROP FUNCTION IF EXISTS "{name}"()')


@contextmanager
def lifted(connection: Any = default_connection) -> Iterator[None]:
    """For a demo that is emptied or put in order, and nothing else: in one transaction."""
    with transaction.atomic(using=connection.alias):
        lift(connection)
        yield
        protect(connection)


def protect_again(using: str, **kwargs: Any) -> None:
    """After a migration: a table that SQLite built anew has lost its triggers."""
    connection = connections[using]
    if set(TABLES) <= set(connection.introspection.table_names()):
        protect(connection)


def check(databases: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Say which table anybody could change.

    A warning, because an error would keep ``migrate`` from putting it right; a database that
    has no tables yet lacks nothing.
    """
    return [
        checks.Warning(
            f"{table} is not protected by its trigger {name}.",
            hint="Run manage.py migrate; it puts the triggers back.",
            id="ledger.W001",
        )
        for alias in databases or ()
        for table, name in sorted(_missing(connections[alias]))
    ]


def _missing(connection: Any) -> set[tuple[str, str]]:
    there = set(connection.introspection.table_names())
    wanted = {(table, name) for table, name in _triggers() if table in there}
    return wanted - set(_found(connection))


def _triggers() -> list[tuple[str, str]]:
    kept = [(table, f"{table}_{act}") for table in TABLES for act in ("update", "delete")]
    return kept + [(table, f"{table}_insert") for table in UNTRUE]


def _found(connection: Any) -> list[tuple[str, str]]:
    query = {
        "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": (
            "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [(table, name) for table, name in cursor.fetchall()]


def _statements(connection: Any) -> Iterator[str]:
    write = _for_postgresql if connection.vendor == "postgresql" else _for_sqlite
    there = set(connection.introspection.table_names())
    for table in there & set(TABLES):
        changed = _is_changed(connection, table, TABLES[table])
        yield from write(table, "update", changed, KEPT)
        yield from write(table, "delete", "TRUE", KEPT)
    for table in there & set(UNTRUE):
        untrue, message = UNTRUE[table]
        yield from write(table, "insert", untrue, message)


def _is_changed(connection: Any, table: str, forgettable: str) -> str:
    """Any column differs; who did it may be forgotten, and not become somebody else."""
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    changes = [
        f'OLD."{column.name}" {differs} NEW."{column.name}"'
        + (f' AND NEW."{column.name}" IS NOT NULL' if column.name == forgettable else "")
        for column in described
    ]
    return " OR ".join(f"({change})" for change in changes)


def _for_sqlite(table: str, act: str, condition: str, message: str) -> Iterator[str]:
    yield (
        f'CREATE TRIGGER "{table}_{act}" BEFORE {act.upper()} ON "{table}" FOR EACH ROW'
        f" WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _for_postgresql(table: str, act: str, condition: str, message: str) -> Iterator[str]:
    """A function of its own: the condition of a trigger cannot ask another table."""
    yield (
        f'CREATE OR REPLACE FUNCTION "{table}_{act}"() RETURNS trigger LANGUAGE plpgsql AS $$'
        f" BEGIN IF {condition} THEN RAISE EXCEPTION '{message}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        f" RETURN {'OLD' if act == 'delete' else 'NEW'}; END $$"
    )
    yield (
        f'CREATE TRIGGER "{table}_{act}" BEFORE {act.upper()} ON "{table}"'
        f' FOR EACH ROW EXECUTE FUNCTION "{table}_{act}"()'
    )
