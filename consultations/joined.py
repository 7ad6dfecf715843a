"""Rows with their children in one query, where a page has none to spare."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import F, Model, QuerySet
from django.db.models.lookups import In

Row = TypeVar("Row", bound=Model)


def with_joined(rows: QuerySet[Row], relation: str) -> list[Row]:
    """Return the rows with the children of one relation at hand, as a prefetch leaves them.

    One query instead of two, at the price of every row's columns once for each child: for few
    rows with few children. ``rows`` has its order; children come in their own. Whatever was to
    be prefetched is not.
    """
    related: Any = rows.model._meta.get_field(relation).related_model
    names = {f"{relation}_{field.attname}": field.attname for field in related._meta.fields}
    columns = {column: F(f"{relation}__{name}") for column, name in names.items()}
    order = [f"{relation}__{name}" for name in related._meta.ordering]
    own_order: Any = rows.query.order_by or rows.model._meta.ordering
    joined = rows.prefetch_related(None).annotate(**columns).order_by(*own_order, *order)
    found: dict[Any, Row] = {}
    children: dict[Any, list[Model]] = {}
    key = f"{relation}_{related._meta.pk.attname}"
    for row in joined:
        found.setdefault(row.pk, row)
        own = children.setdefault(row.pk, [])
        if getattr(row, key) is not None:
            own.append(related(**{name: getattr(row, column) for column, name in names.items()}))
    for pk, row in found.items():
        keep(row, relation, children[pk])
    return list(found.values())


def keep(row: Model, relation: str, children: Sequence[Model]) -> None:
    """Put the children where ``row.relation.all()`` looks before it asks the database."""
    known = getattr(row, relation).get_queryset()
    known._result_cache, known._prefetch_done = list(children), True
    for child in children:
        child._state.adding, child._state.db = False, row._state.db
    cache = row.__dict__.setdefault("_prefetched_objects_cache", {})
    cache[relation] = known


class Among(In):
    """Among the few a query finds; PostgreSQL asks it first, and no row of the table in vain."""

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """As an array, for which an index is used also beside OR."""
        column, of_column = self.process_lhs(compiler, connection)
        found, of_found = self.process_rhs(compiler, connection)
        return f"{column} = ANY(ARRAY{found})", (*of_column, *of_found)
