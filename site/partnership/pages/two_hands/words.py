"""How a stored value and a field are called in a sentence to an editor."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnership.pages.languages import own_name


def name_of(model: type[Model], name: str) -> str:
    """Return what an editor calls a field: Summary, or Summary (Español)."""
    field: Any = model._meta.get_field(name)
    translated = getattr(field, "translated_field", None)
    if translated is None:
        return str(capfirst(str(field.verbose_name)))
    return f"{capfirst(str(translated.verbose_name))} ({own_name(field.language)})"


def name_of_row(row: Model) -> str:
    """Return what an editor calls a row below a thing: Lesson “Print the plan larger.”"""
    kind = capfirst(str(row._meta.verbose_name))
    words = str(row)
    return _("%(kind)s “%(words)s”") % {"kind": kind, "words": words} if words else str(kind)


def in_words(field: forms.Field, value: Any) -> str:
    """Return a stored value as one reads it in the form; empty for what has no words."""
    if value in (None, "") or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, forms.ModelChoiceField):
        return ", ".join(field.label_from_instance(each) for each in _chosen(field, value))
    if isinstance(field, forms.ChoiceField):
        return str(_labels(field.choices).get(str(value), value))
    return date_format(value) if isinstance(value, date) else str(value)


def _chosen(field: forms.ModelChoiceField, value: Any) -> list[Model]:
    """What is stored, whether or not this editor could choose it."""
    if isinstance(value, list):
        return value
    rows: Any = field.queryset
    return list(rows.model._base_manager.filter(pk=value))


def _labels(choices: Any) -> dict[str, Any]:
    labels = {}
    for value, label in choices:
        grouped = label if isinstance(label, list | tuple) else ((value, label),)
        labels.update({str(each): name for each, name in grouped})
    return labels
