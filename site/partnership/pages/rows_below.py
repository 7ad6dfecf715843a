"""The rows of a page and the rows below them are read by the table, not row by row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, Model, prefetch_related_objects
from modelcluster.models import ClusterableModel, get_all_child_relations

#: What a version points to: the keys, by the model and the name of the field they are keys of.
Pointed = dict[tuple[type[Model], str], set[Any]]


def bring_below(rows: Iterable[Any], names: Iterable[str]) -> None:
    """Read what stands below these rows at once, but for those that have it at hand."""
    rows = [row for row in rows if row.pk]
    for name in names:
        asked = [row for row in rows if not getattr(row, name).is_deferring]
        if len(asked) > 1:
            prefetch_related_objects(asked, name)


def bring_rows(formsets: Iterable[Any]) -> None:
    """Read what stands below the rows of a form at once; ask before any of its rows is made."""
    for rows in formsets:
        if below := getattr(rows.form, "formsets", {}):
            bring_below(rows.get_queryset(), below)


def names_below(model: type[Model]) -> list[str]:
    """What the rows of a model are called, in each table that has any."""
    if not issubclass(model, ClusterableModel):
        return []
    return [relation.get_accessor_name() for relation in get_all_child_relations(model)]


# Versions ----------------------------------------------------------------------------------


def is_all_there(model: type[Model], content: dict[str, Any]) -> bool:
    """Whether all that a version points to is still there, asked once for each table."""
    pointed: Pointed = defaultdict(set)
    for target, name, key in _pointers(model, content):
        pointed[target, name].add(key)
    return all(
        target._default_manager.filter(**{f"{name}__in": keys}).count() == len(keys)
        for (target, name), keys in pointed.items()
    )


def _pointers(
    model: type[Model], content: dict[str, Any]
) -> Iterator[tuple[type[Model], str, Any]]:
    """What a thing and its rows point to: the same that modelcluster asks for one by one."""
    for name, value in content.items():
        target = _target_of(model, name)
        if target is not None and value is not None:
            yield target.model, target.name, target.to_python(value)
    for relation in get_all_child_relations(model):
        for row in content.get(relation.get_accessor_name(), ()):
            yield from _pointers(relation.related_model, row)


def _target_of(model: type[Model], name: str) -> Any:
    """The field that a field of a model holds the keys of, such as the number of a city."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field.target_field if isinstance(field, ForeignKey) else None
