"""The rows of a page and the rows below them are read by the table, not row by row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, Model, prefetch_related_objects
from modelcluster.forms import BaseChildFormSet
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME

#: What a version points to: the keys, by the model and the name of the field they are keys of.
Pointed = dict[tuple[type[Model], str], set[Any]]


def gather(thing: Model) -> None:
    """Have all rows of a thing at hand, as one that was read from a version has them.

    It is for who reads and saves nothing. Comments are no part of a version: they stay.
    """
    for name in names_below(type(thing)):
        if name != COMMENTS_RELATION_NAME:
            rows = getattr(thing, name).get_object_list()
            _gather_below(rows)


def bring_below(rows: Iterable[Any], names: Iterable[str]) -> None:
    """Read what stands below these rows at once, but for those that have it at hand."""
    rows = [row for row in rows if row.pk]
    for name in names:
        asked = [row for row in rows if not getattr(row, name).is_deferring]
        if len(asked) > 1:
            prefetch_related_objects(asked, name)


def read_below_at_once() -> None:
    """Teach it to forms whose rows have rows of their own; called once, when apps are ready."""
    theirs = BaseChildFormSet.get_queryset

    def get_queryset(formset: BaseChildFormSet) -> Any:
        is_known = hasattr(formset, "_queryset")
        rows = theirs(formset)
        if not is_known and (below := getattr(formset.form, "formsets", {})):
            bring_below(rows, below)
        return rows

    BaseChildFormSet.get_queryset = get_queryset


def names_below(model: type[Model]) -> list[str]:
    """What the rows of a model are called, in each table that has any."""
    if not issubclass(model, ClusterableModel):
        return []
    return [relation.get_accessor_name() for relation in get_all_child_relations(model)]


def _gather_below(rows: list[Any]) -> None:
    names = names_below(type(rows[0])) if rows else []
    bring_below(rows, names)
    for row in rows:
        for name in names:
            _gather_below(getattr(row, name).get_object_list())
        vars(row).pop("_prefetched_objects_cache", None)  # from here on there is one list of them


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
