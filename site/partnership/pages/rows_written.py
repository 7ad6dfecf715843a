"""Of the rows of a thing that is saved those are written that differ from what is stored."""

from typing import Any

from django.db.models import Model
from modelcluster import fields
from modelcluster.models import ClusterableModel

from partnership.pages.rows_below import names_below


def write_what_differs() -> None:
    """Teach it to all rows below a thing; called once, when the apps are ready.

    Otherwise publishing a page writes every row of it anew, whatever was edited: one question
    of twelve, and forty-eight rows. The thing itself is written before its rows, and stays
    locked by that: what is compared with is stored until the transaction is over.
    """
    theirs = fields.create_deferring_foreign_related_manager

    def create(relation: Any, manager_of_stored: Any) -> Any:
        name = relation.get_accessor_name()

        class Rows(theirs(relation, manager_of_stored)):  # type: ignore[misc]  # made when asked
            def commit(self) -> None:
                at_hand = vars(self.instance).get("_cluster_related_objects", {})
                if name not in at_hand or self.instance.pk is None:
                    super().commit()
                    return
                vars(self.instance).get("_prefetched_objects_cache", {}).pop(name, None)
                manager = manager_of_stored(self.instance)
                _write(at_hand[name], manager, stored=list(_as_stored(manager)))
                del at_hand[name]  # from here on they are asked for again

        return Rows

    fields.create_deferring_foreign_related_manager = create


def _as_stored(manager: Any) -> Any:
    """The stored rows, each with what stands below it."""
    below = names_below(manager.model)
    rows = manager.get_queryset()
    return rows.prefetch_related(*below) if below else rows


def _write(rows: list[Any], manager: Any, *, stored: list[Any]) -> None:
    by_key = {row.pk: row for row in stored}
    for row in stored:
        if row not in rows:
            row.delete()
    for row in rows:
        if row.pk in by_key and _is_same(row, by_key[row.pk]):
            _let_go(row)
        else:
            manager.add(row, bulk=False)


def _let_go(row: Any) -> None:
    """Ask again for what stands below a row, as after it was written: others may add to it."""
    for name, rows in vars(row).pop("_cluster_related_objects", {}).items():
        vars(row).get("_prefetched_objects_cache", {}).pop(name, None)
        for below in rows:
            _let_go(below)


def _is_same(row: Model, stored: Model) -> bool:
    """Whether every column of a row, and of the rows below it, holds what is stored."""
    if type(row) is not type(stored) or row.get_deferred_fields():
        return False
    if any(_differs(field, row, stored) for field in row._meta.concrete_fields):
        return False
    return not isinstance(row, ClusterableModel) or _has_the_same_below(row, stored)


def _differs(field: Any, row: Model, stored: Model) -> bool:
    """Whether saving a row does anything to a column, or refuses it: in doubt it does."""
    mine, theirs = getattr(row, field.attname), getattr(stored, field.attname)
    if mine is None and field.is_relation and field.is_cached(row):  # what had no key when chosen
        return theirs is not None or field.get_cached_value(row) is not None
    if isinstance(mine, dict | list):  # where 1 and True are the same to Python
        return repr(mine) != repr(theirs)
    is_here: bool = getattr(mine, "_committed", True)  # but for a file that was just sent
    return mine != theirs or not is_here


def _has_the_same_below(row: ClusterableModel, stored: Model) -> bool:
    """Whether those below that are at hand are those that are stored; others are left alone."""
    at_hand = vars(row).get("_cluster_related_objects", {})
    if not at_hand.keys() <= set(names_below(type(row))):
        return False  # chosen among others, which are no rows of it
    return all(_are_same(rows, list(getattr(stored, name).all())) for name, rows in at_hand.items())


def _are_same(rows: list[Any], stored: list[Any]) -> bool:
    by_key = {row.pk: row for row in stored}
    if len(rows) != len(stored) or {row.pk for row in rows} != set(by_key):
        return False
    return all(_is_same(row, by_key[row.pk]) for row in rows)
