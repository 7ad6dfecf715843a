"""A model field of this app."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst

from consultations.enums import Act

#: In the order editors are offered them.
OFFERED = (Act.VOTE, Act.PROPOSE, Act.ANSWER, Act.COMMENT)


class ActsField(models.JSONField):
    """A list of acts, shown to editors as boxes to tick."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        return forms.MultipleChoiceField(
            label=capfirst(self.verbose_name),
            required=False,
            help_text=self.help_text,
            choices=[(act.value, act.label) for act in OFFERED],
            widget=forms.CheckboxSelectMultiple,
        )
