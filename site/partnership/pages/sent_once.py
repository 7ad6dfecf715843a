"""What the rows of a form were sent with is looked up once for all of them, not row by row.

Each row has a hidden number, which is looked for, and what it points to is looked for as well.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from copy import copy
from typing import Any

from django.db.models import Model, QuerySet
from django.forms import ModelChoiceField, ModelMultipleChoiceField

from partnership.pages.choices_once import key_of
from partnership.pages.choosers import rows_of
from partnership.pages.huge_numbers import key_in


def bring_sent(formsets: Iterable[Any]) -> None:
    """Read what the rows of a form were sent with at once; their fields have it at hand."""
    asked: defaultdict[Hashable, list[tuple[Any, int]]] = defaultdict(list)
    for field, key in _chosen(formsets):
        asked[_among(field.queryset)].append((field, key))
    for chosen in asked.values():
        keys = {key for _field, key in chosen}
        among = chosen[0][0].queryset
        found = {row.pk: row for row in among.filter(pk__in=keys)} if len(keys) > 1 else {}
        for field, key in chosen:
            if key in found:
                _have_at_hand(field, key, found[key])


def _have_at_hand(field: Any, key: int, row: Model) -> None:
    """Let a field find this row, unless it is asked for another or offers others meanwhile."""
    offered, theirs = field.queryset, field.to_python

    def to_python(value: Any) -> Any:
        is_this = field.queryset is offered and key_in(str(value)) == key
        return copy(row) if is_this else theirs(value)  # nothing is shared between rows

    field.to_python = to_python


def _chosen(formsets: Iterable[Any]) -> Iterator[tuple[Any, int]]:
    """Every field of a row that holds the key of something, with that key."""
    for row in rows_of(formsets):
        for name, field in row.fields.items() if row.is_bound else ():
            sent = row.data.get(row.add_prefix(name), "") if _is_one_of_many(field) else ""
            if (key := key_in(str(sent))) is not None:
                yield field, key


def _is_one_of_many(field: Any) -> bool:
    """Whether it is one key that is chosen: where it leads to several it is asked at once."""
    if not isinstance(field, ModelChoiceField) or isinstance(field, ModelMultipleChoiceField):
        return False
    many: Any = field.queryset
    return field.to_field_name in {None, "pk", many.model._meta.pk.name}


def _among(queryset: QuerySet) -> Hashable:
    """What makes two lists the same; to write out the question costs as much as to ask it."""
    query = queryset.query
    is_narrowed = query.where or query.combinator or query.is_sliced
    return key_of(queryset) if is_narrowed else ("all of them", queryset.model)
