"""Every translated text of a page or of another thing, its parts included, beside its twins."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import models
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations
from modeltranslation.translator import NotRegistered, translator

from partnership.pages.languages import CODES, localized
from partnership.pages.rows_below import bring_below
from partnership.pages.wording import reading

#: Addresses are made from titles and follow rules of their own.
NOT_PROSE = frozenset({"local_slug", "local_path"})


@dataclass
class Slot:
    """One translated field of one thing.

    ``section`` is "" for the thing itself and the name of the relation for its parts
    ("venues", "questions/options"). ``values`` holds the text in every language, and
    ``anchors`` where each of them stands on the editing screen.
    """

    section: str
    name: str
    model: type[models.Model]
    values: dict[str, Any]
    anchors: dict[str, str] = field(default_factory=dict)
    refuse: Callable[[str, Any], None] | None = None
    form: Any = None

    @property
    def model_field(self) -> models.Field:
        """The field of the model, without a language."""
        return cast(models.Field, self.model._meta.get_field(self.name))

    @property
    def label(self) -> str:
        """What editors call it: the field, for a part after what it is a part of."""
        name = str(capfirst(str(self.model_field.verbose_name)))
        return f"{capfirst(str(self.model._meta.verbose_name))}: {name}" if self.section else name

    @property
    def is_required(self) -> bool:
        """Whether it must be there in every language before anything is published."""
        return self.name in getattr(self.model, "publish_required", ())

    @property
    def is_fact(self) -> bool:
        """Whether another language may stand in for it: an address, the reason of a delay."""
        return self.name in getattr(self.model, "facts", ())

    def is_written(self, code: str) -> bool:
        """Whether there is anything to read in that language."""
        return reading.is_written(self.values[code], self.model_field)

    def keys(self) -> dict[str, str]:
        """Return a key per language in which something is written: ``es:1f0c...``."""
        return {
            code: f"{code}:{reading.fingerprint(value)}"
            for code, value in self.values.items()
            if self.is_written(code)
        }


def of_object(thing: models.Model, section: str = "") -> Iterator[Slot]:
    """Yield the slots of a page (or another thing) as it is in memory, its parts included."""
    model = type(thing)
    for name in translated_fields(model):
        values = {code: getattr(thing, localized(name, code)) for code in CODES}
        yield Slot(section, name, model, values)
    for accessor in translated_parts(model):
        parts = list(getattr(thing, accessor).all())
        bring_below(parts, translated_parts(type(parts[0])) if parts else ())
        for part in parts:
            yield from of_object(part, inside(section, accessor))


def of_form(form: Any, section: str = "") -> Iterator[Slot]:
    """Yield the slots of an editing form: as cleaned, else as first shown."""
    model = form._meta.model
    for name in translated_fields(model):
        columns = {code: localized(name, code) for code in CODES}
        yield Slot(
            section,
            name,
            model,
            values={code: _value(form, column) for code, column in columns.items()},
            anchors={code: anchor(form.add_prefix(column)) for code, column in columns.items()},
            refuse=_refuse(form, columns),
            form=form,
        )
    for accessor in translated_parts(model):
        for row in kept_rows(form, accessor):
            yield from of_form(row, inside(section, accessor))


def kept_rows(form: Any, accessor: str) -> list[Any]:
    """Return the inline forms of a relation that are neither empty nor being deleted."""
    formset = getattr(form, "formsets", {}).get(accessor)
    if formset is None:
        return []
    if not form.is_bound:
        return list(formset.initial_forms)
    gone = formset.deleted_forms if formset.is_valid() else ()
    return [row for row in formset.forms if row not in gone and _is_filled_in(row)]


def translated_fields(model: type[models.Model]) -> list[str]:
    """Return the names of the model's translated texts, in the order of the model."""
    try:
        registered = translator.get_options_for_model(model).all_fields
    except NotRegistered:
        return []
    names = [each.name for each in model._meta.get_fields() if each.name in registered]
    return [name for name in names if name not in NOT_PROSE]


def translated_parts(model: type[models.Model]) -> list[str]:
    """Return the names of the relations whose rows hold translated texts."""
    return [
        relation.get_accessor_name()
        for relation in get_all_child_relations(model)
        if translated_fields(relation.related_model) or translated_parts(relation.related_model)
    ]


def inside(section: str, accessor: str) -> str:
    """Return the section of the parts of a section's parts."""
    return f"{section}/{accessor}" if section else accessor


def anchor(html_name: str) -> str:
    """Return the id that the text of that name has on the editing screen."""
    return f"words-{html_name}"


def _value(form: Any, column: str) -> Any:
    """What was sent, also where it was refused, as too long: it is there all the same."""
    cleaned = getattr(form, "cleaned_data", None)
    if not form.is_bound or cleaned is None:
        return getattr(form.instance, column)
    if column in cleaned:
        return cleaned[column]
    typed = form[column].data if column in form.errors else None
    return typed if isinstance(typed, str) else getattr(form.instance, column)


def _is_filled_in(row: Any) -> bool:
    return bool(row.instance.pk or row.has_changed())


def _refuse(form: Any, columns: dict[str, str]) -> Callable[[str, Any], None]:
    def refuse(code: str, message: Any) -> None:
        column = columns[code]
        if column not in form.errors:
            form.add_error(column if column in form.fields else None, message)

    return refuse
