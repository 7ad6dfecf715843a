"""The draft texts that were commented on, paragraph by paragraph, in every version."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.drafts.models import DraftText
from consultations.exports.enums import TableName
from consultations.exports.scope import Scope
from partnership.pages.languages import field_names
from partnership.tables.columns import Column, Row, Table, columns_in_every_language

TEXTS = ("heading", "text", "became")


def code_of_paragraph(text: int | None, version: int | None, number: int | None) -> str:
    """Return how its address ends; empty where there is none."""
    return f"{text}/{version}/{number}" if number else ""


def has_paragraphs(scope: Scope) -> bool:
    """Whether readers see a draft text in this consultation."""
    return _drafts(scope).exists()


def paragraphs_table(scope: Scope) -> Table:
    """One row per paragraph and version that readers see; a dropped one has no number any more.

    The same paragraph has the same ``identifier`` in every version.
    """
    columns = (
        Column("paragraph", _("paragraph")),
        Column("draft", _("text"), "integer"),
        Column("version", _("version"), "integer"),
        Column("number", _("number"), "integer"),
        Column("identifier", _("identifier")),
        *columns_in_every_language("heading", _("heading")),
        *columns_in_every_language("text", _("text")),
        *columns_in_every_language("became", _("what we changed and why")),
    )
    return Table(TableName.PARAGRAPHS.value, columns, lambda: _rows(scope))


def _drafts(scope: Scope) -> QuerySet:
    """The versions that readers saw at the instant of the export.

    Of what is handed out for good also those that followed after the close.
    """
    published: Any = DraftText.objects.published().filter(consultation=scope.consultation)
    return published if scope.is_final else scope.until(published, "published_at")


def _rows(scope: Scope) -> Iterator[Row]:
    columns = [column for name in TEXTS for column in field_names(name)]
    for draft in _drafts(scope).prefetch_related("paragraphs"):
        for row in draft.paragraphs.all():
            number = row.number or None
            yield (
                code_of_paragraph(draft.number, draft.version, number),
                *(draft.number, draft.version, number, str(row.key)),
                *(getattr(row, column) or "" for column in columns),
            )
