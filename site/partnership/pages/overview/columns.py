"""Columns of lists that tell how the languages of a page stand."""

from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.admin.ui.tables import Column

from partnership.pages.languages import CODES, own_name
from partnership.pages.models import BasePage
from partnership.pages.wording.page import LanguageNote


def promises_of(page: BasePage) -> dict[str, LanguageNote]:
    """Return what readers of the published page were promised, by language."""
    notes = {code: page.language_note(code) for code in CODES} if page.live else {}
    return {code: note for code, note in notes.items() if note and note.due_on}


class LanguagesColumn(Column):
    """How far each language of the page is; one question for all rows."""

    cell_template_name = "pages/admin/languages_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        read_standings(instance, parent_context)
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context

    def get_value(self, instance: Any) -> list[dict[str, Any]]:
        by_code = {standing.language_code: standing for standing in instance.standings.all()}
        promises = promises_of(instance)
        return [
            {
                "code": code,
                "name": own_name(code),
                "standing": by_code[code],
                "promise": promises.get(code),
            }
            for code in CODES
            if code in by_code
        ]


def read_standings(page: Any, parent_context: Any) -> None:
    """Read the standings of every row of the table that the page is in, unless they are."""
    if "standings" in getattr(page, "_prefetched_objects_cache", {}):
        return
    table = parent_context.get("table")
    rows = [row for row in (table.data if table else ()) if isinstance(row, BasePage)]
    prefetch_related_objects(rows if page in rows else [page], "standings")
