"""Wagtail's history of the site, with files that calculate nothing and open as they are."""

from typing import Any

from wagtail.admin.views.reports.audit_logging import LogEntriesView

from partnership.tables.spreadsheets import SafeSpreadsheets


class SiteHistory(SafeSpreadsheets, LogEntriesView):
    """Who did what: the names in it are words that anybody may have chosen."""

    def rows_of(self, found: list[Any]) -> list[Any]:
        """Return the entries behind the keys."""
        entries: list[Any] = self.decorate_paginated_queryset(found)
        return entries

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        in_words = self.custom_field_preprocess.get(field, {}).get(export_format)
        told = in_words(value) if in_words else value
        return super().preprocess_field_value(field, told, export_format)
