"""The joint risk register for readers, and as a file."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations.risks.open_data import register_as_csv
from consultations.risks.permissions import visible_to
from consultations.risks.presenting import register_context, risk_context


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show what may go wrong, the gravest first; to its editors also what is not public."""
    return render(request, "risks/register.html", register_context(request))


@require_safe
def risk(request: HttpRequest, number: int) -> HttpResponse:
    """Show one risk: how it is rated, what is done, and what drills showed about it."""
    visible = visible_to(request.user).with_plan()
    found = get_object_or_404(visible, pk=number)
    return render(request, "risks/risk.html", risk_context(found, request))


@require_safe
def register_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every public risk as a CSV file."""
    return StreamingHttpResponse(
        register_as_csv(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="risks.csv"'},
    )
