"""Two rows of a form that say the same are refused in words that people use.

By itself a form names the columns, and the one that leads to what the rows belong to as well.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _


def say_in_words(formsets: Iterable[Any]) -> None:
    """Let these sets of rows, and those that rows have below them, name fields as editors do."""
    for rows in formsets:
        rows.get_unique_error_message = _said_of(rows)
        for row in rows.forms:
            say_in_words(getattr(row, "formsets", {}).values())


def _said_of(rows: Any) -> Any:
    def message(columns: Iterable[str]) -> str:
        named = [column for column in columns if column != rows.fk.name]
        labels = [str(rows.model._meta.get_field(name).verbose_name) for name in named]
        words = _("Two rows say the same (%(fields)s). Keep one of them.")
        return words % {"fields": get_text_list(labels, _("and"))}

    return message
