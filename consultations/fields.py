"""Model fields of this app."""

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


class StaffKey(models.ForeignKey):
    """Somebody who works here: residents are no choice, and no editor is shown a list of them."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        working_here = {"is_staff": True, "is_active": True}
        return super().formfield(**{"limit_choices_to": working_here, **kwargs})


class KeyByChance(models.BigIntegerField):
    """A primary key that says nothing about when its row was written.

    SQLite keeps a number of its own for every row, counted up, unless the key is called
    INTEGER: only then the key is that number, and rows lie in the order of their keys.
    """

    def db_type(self, connection: Any) -> str | None:
        """The type of the column."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)

    def rel_db_type(self, connection: Any) -> str | None:
        """The type of columns that point to it."""
        return self.db_type(connection)
