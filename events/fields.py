"""Choices that depend on the site and so must never reach a migration: languages, weekdays."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.compare import register_comparison_class

from partnership.pages.values_compared import ValueComparison

Choices = list[tuple[str, Any]]


def language_choices() -> Choices:
    """The partner languages, each by its own name."""
    return list(settings.LANGUAGES)


def weekday_choices() -> Choices:
    """The days of the week from Monday (1) to Sunday (7)."""
    return [(str(number + 1), capfirst(name)) for number, name in WEEKDAYS.items()]


def codes_in(stored: str) -> list[str]:
    """Return the codes kept in a CodesField: ``",en,es,"`` holds en and es."""
    return [code for code in (stored or "").split(",") if code]


def written(codes: Iterable[str]) -> str:
    """Return codes as a CodesField keeps them, each once, with a comma on either side."""
    kept = ",".join(dict.fromkeys(codes))
    return f",{kept}," if kept else ""


class CodesFormField(forms.MultipleChoiceField):
    """Boxes to tick; its value is the text that a CodesField keeps."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return codes_in(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        return written(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class CodesField(models.CharField):
    """Several codes in one column: ``",en,es,"``, so that ``contains=",en,"`` finds one."""

    def __init__(self, *args: Any, offered: Callable[[], Choices] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offered = offered

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return CodesFormField(
            choices=self.offered or list,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )


class CodesComparison(ValueComparison):
    """Several codes beside each other in two versions: as they are called, and not as kept."""

    val_a: Any
    val_b: Any

    def __init__(self, field: models.Field, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = codes_in(self.val_a), codes_in(self.val_b)


register_comparison_class(CodesField, comparison_class=CodesComparison)


class LanguageField(models.CharField):
    """One partner language, or none."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return forms.ChoiceField(
            choices=lambda: [("", _("in all of them")), *language_choices()],
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )
