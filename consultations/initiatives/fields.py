"""How a promise is chosen: by its year, its number and its title."""

from typing import Any

from django import forms
from django.db import models


class PromiseChoice(forms.ModelChoiceField):
    """Promises of all roadmaps, the latest year first; read with their years."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.roadmap.year}: {obj}"


class PromiseKey(models.ForeignKey):
    """A commitment, which an editor chooses from the roadmaps of all years."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        field: Any = super().formfield(**{"form_class": PromiseChoice, **kwargs})
        field.queryset = field.queryset.select_related("roadmap")
        return field
