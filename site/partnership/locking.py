"""One row for oneself, until the transaction is over."""

from typing import Any, TypeVar

from django.db import connections, router
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def lock(row: Row) -> Row:
    """Return the row as stored now; nobody else changes it until we commit.

    What is joined to it stays free.
    """
    rows: Any = type(row)._default_manager.select_for_update(of=("self",))
    return rows.get(pk=row.pk)


def insert_once(row: Model) -> bool:
    """Write a new row unless one is there that a unique constraint takes for the same.

    True when it was written. One statement, where ``get_or_create`` needs four: whoever writes
    the same at this moment is waited for, and nothing fails that would have to be rolled back.
    No signal is sent, so it is for rows that nobody listens to.
    """
    connection = connections[router.db_for_write(type(row), instance=row)]
    own: Any = row._meta
    written = [each for each in own.local_concrete_fields if each is not own.pk or row.pk]
    values = [each.get_db_prep_save(each.pre_save(row, True), connection) for each in written]
    quote = connection.ops.quote_name
    table, key = quote(own.db_table), quote(own.pk.column)
    columns = ", ".join(quote(each.column) for each in written)
    places = ", ".join("%s" for _each in written)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - names of our tables
            f" ON CONFLICT DO NOTHING RETURNING {key}",
            values,
        )
        made = cursor.fetchone()
    if made is not None:
        row.pk = row.pk or made[0]
        row._state.adding, row._state.db = False, connection.alias
    return made is not None
