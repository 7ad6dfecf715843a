"""One row for oneself, until the transaction is over."""

from typing import Any, TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def lock(row: Row) -> Row:
    """Return the row as stored now; nobody else changes it until we commit.

    What is joined to it stays free.
    """
    rows: Any = type(row)._default_manager.select_for_update(of=("self",))
    return rows.get(pk=row.pk)
