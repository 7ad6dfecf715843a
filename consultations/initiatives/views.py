"""Programmes and campaigns as data."""

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from consultations.initiatives.open_data import TABLES, everything_as_json, table_as_csv


@require_safe
def table_csv(request: HttpRequest, table: str) -> StreamingHttpResponse:
    """Programmes and campaigns, their money, indicators or readings, as a CSV file."""
    if table not in TABLES:
        raise Http404
    name = table if table == "initiatives" else f"initiatives-{table}"
    return StreamingHttpResponse(
        table_as_csv(table),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


@require_safe
def everything_json(request: HttpRequest) -> StreamingHttpResponse:
    """All of it as one document."""
    return StreamingHttpResponse(
        everything_as_json(),
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="initiatives.json"'},
    )
