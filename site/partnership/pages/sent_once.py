"""What the rows of a form choose is looked up once for all of them, not row by row.

Each row has a hidden number, which is looked for; and whatever it points to is looked for twice,
by the form and by the model. Forty-eight options of twelve questions asked 150 times.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet
from django.forms import ModelChoiceField, ModelMultipleChoiceField

from partnership.pages.choices_once import bring, key_of, once
from partnership.pages.choosers import rows_of
from partnership.pages.huge_numbers import key_in


def look_up_once() -> None:
    """Teach it to all forms and keys; called once, when the apps are ready."""
    choices: Any = ModelChoiceField
    keys: Any = ForeignKey
    chosen, there = choices.to_python, keys.validate

    def to_python(field: Any, value: Any) -> Any:
        if not _is_one_of_many(field) or value in field.empty_values or isinstance(value, Model):
            return chosen(field, value)
        return once(_sent(field.queryset, str(value)), lambda: chosen(field, value))

    def validate(key: Any, value: Any, row: Any) -> None:
        if value in key.empty_values or key.remote_field.parent_link or key.get_limit_choices_to():
            there(key, value, row)
        elif key.editable:
            known = _there(key.remote_field.model, key.target_field.name, value)
            once(known, lambda: there(key, value, row))

    choices.to_python, keys.validate = to_python, validate


def bring_sent(formsets: Iterable[Any]) -> None:
    """Read what the rows of a form were sent with at once, and not one by one."""
    asked: defaultdict[Hashable, set[int]] = defaultdict(set)
    among: dict[Hashable, QuerySet] = {}
    for field, key in _chosen(formsets):
        name = key_of(field.queryset)
        among[name] = field.queryset
        asked[name].add(key)
    for name, keys in asked.items():
        if len(keys) > 1:
            rows = among[name].filter(pk__in=keys)
            bring({_sent(among[name], str(row.pk)): row for row in rows})
            bring({_there(row._meta.model, row._meta.pk.name, row.pk): None for row in rows})


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


def _sent(queryset: QuerySet, value: str) -> Hashable:
    return "sent", key_of(queryset), value


def _there(model: type[Model], name: str, value: Any) -> Hashable:
    return "there", model, name, value
