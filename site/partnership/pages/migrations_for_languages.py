"""Migrations written once for the reference pair, replayed for the languages of this site.

``makemigrations`` (ours) writes every migration for en and es. When one is loaded, each
operation on ``x_en`` and ``x_es`` is replaced by the same operation for every partner
language, so that a site in de,pl migrates an empty database with no edited migration.
"""

import copy
from collections.abc import Iterable
from typing import Any

from django.db import migrations, models
from django.db.migrations.operations import AddField, AlterField, CreateModel, RemoveField
from django.db.migrations.operations.base import Operation

from partnership.pages.languages import CODES, REFERENCE, localized

PER_FIELD = (AddField, AlterField, RemoveField)


def split_reference(name: str) -> tuple[str, str] | None:
    """Return ("title", "en") for title_en, None for a column of no reference language."""
    for code in REFERENCE:
        suffix = f"_{code}"
        if name.endswith(suffix):
            return name.removesuffix(suffix), code
    return None


def fields_for_languages(
    fields: Iterable[tuple[str, models.Field]],
) -> list[tuple[str, models.Field]]:
    """Replace each pair of reference columns by one column per partner language."""
    fields = list(fields)
    names = {name for name, _field in fields}
    result: list[tuple[str, models.Field]] = []
    for name, field in fields:
        split = split_reference(name)
        if split is None or not _is_translated(split[0], names):
            result.append((name, field))
        elif split[1] == REFERENCE[0]:
            result += [(localized(split[0], code), field.clone()) for code in CODES]
    return result


def _is_translated(base: str, names: set[str]) -> bool:
    return base in names and all(localized(base, code) in names for code in REFERENCE)


def operations_for_languages(operations: Iterable[Operation]) -> list[Operation]:
    """Replay what concerns one reference language for every partner language."""
    operations = list(operations)
    present = {_signature(operation) for operation in operations}
    result: list[Operation] = []
    for operation in operations:
        if isinstance(operation, CreateModel):
            operation = copy.copy(operation)
            operation.fields = fields_for_languages(operation.fields)
            result.append(operation)
        elif isinstance(operation, PER_FIELD):
            result += _field_operations(operation, present)
        else:
            result.append(operation)
    return result


def _signature(operation: Operation) -> tuple[type, str, str]:
    model = getattr(operation, "model_name", "").lower()
    return type(operation), model, getattr(operation, "name", "")


def _field_operations(operation: Any, present: set[tuple[type, str, str]]) -> list[Operation]:
    split = split_reference(operation.name)
    if split is None:
        return [operation]
    kind, model, _name = _signature(operation)
    if not all((kind, model, localized(split[0], code)) in present for code in REFERENCE):
        return [operation]
    if split[1] != REFERENCE[0]:
        return []
    return [_renamed(operation, localized(split[0], code)) for code in CODES]


def _renamed(operation: Any, name: str) -> Operation:
    clone = copy.copy(operation)
    clone.name = name
    clone.__dict__.pop("name_lower", None)  # cached on the original
    if hasattr(clone, "field"):
        clone.field = clone.field.clone()
    return clone


class LanguageMigration(migrations.Migration):
    """A migration of the reference pair that fits whatever languages this site has."""

    def __init__(self, name: str, app_label: str) -> None:
        super().__init__(name, app_label)
        self.operations = operations_for_languages(self.operations)  # type: ignore[misc] # ours alone
