"""Wagtail's spreadsheets of a report, with cells that can be no formula and break no file."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from partnership.tables.cells import plain_cell
from partnership.tables.writing import BYTE_ORDER_MARK

if TYPE_CHECKING:
    from django.views.generic import ListView as Report
else:
    Report = object  # mixed into Wagtail's report views

AT_A_TIME = 500


def calm_every_report() -> None:
    """Have the text files of Wagtail's own reports calculate nothing; its workbooks do not."""
    SpreadsheetExportMixin.write_csv_row = _write_calm_row


def _write_calm_row(report: SpreadsheetExportMixin, writer: Any, row: dict[str, Any]) -> Any:
    told = {
        field: report.preprocess_field_value(field, value, report.FORMAT_CSV)
        for field, value in row.items()
    }
    return writer.writerow({field: plain_cell(value) for field, value in told.items()})


class SafeSpreadsheets(SpreadsheetExportMixin, Report):
    """Stands before a report view; ``export_headings`` name every column of ``list_export``."""

    export_headings: dict[str, Any]
    is_export: bool

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write a file row by row; Wagtail's own first reads all of them."""
        if not self.is_export:
            return super().get(request, *args, **kwargs)
        found = self.get_filtered_queryset()
        answer: HttpResponse = self.as_spreadsheet(self._rows(found), request.GET["export"])
        return answer

    def get_filtered_queryset(self) -> Any:
        """Return what is exported."""
        return super().get_filtered_queryset()

    def rows_of(self, found: list[Any]) -> list[Any]:
        """Return what the columns ask about these, read all at once."""
        return found

    def _rows(self, found: Any) -> Iterator[Any]:
        waiting: list[Any] = []
        for each in found.iterator(chunk_size=AT_A_TIME):
            waiting.append(each)
            if len(waiting) == AT_A_TIME:
                yield from self.rows_of(waiting)
                waiting = []
        yield from self.rows_of(waiting)

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(plain_cell(str(self.export_headings[field])))

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        if isinstance(value, datetime):  # with its zone, which no date of a spreadsheet has
            return value.isoformat(sep=" ", timespec="seconds")
        if export_format == self.FORMAT_XLSX and isinstance(value, date):
            return value
        return plain_cell(value)

    def stream_csv(self, queryset: Iterable[Any]) -> Iterator[str]:
        """Write the lines in the language of the request, which is over when they are read."""
        return self._lines(queryset, translation.get_language())

    def _lines(self, queryset: Iterable[Any], code: str | None) -> Iterator[str]:
        yield BYTE_ORDER_MARK
        with translation.override(code):
            yield from super().stream_csv(queryset)
