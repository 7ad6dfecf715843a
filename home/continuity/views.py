"""The page about the bond for everybody, and the handover pack for administrators."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.continuity.handover import pack
from home.continuity.presenting import bond_context
from home.continuity.services import note_handover
from partnership import continuity
from partnership.interface.context import cities, once
from partnership.pages.languages import active
from partnership.serving.views import forbidden


@require_safe
def bond(request: HttpRequest) -> HttpResponse:
    """Show the bond of the cities to everybody."""
    ancestors = [{"url": f"/{active()}/"}]
    context = {"ancestors": ancestors, **bond_context(once(request, cities))}
    return render(request, "continuity/bond.html", context)


@require_safe
def handover_pack(request: HttpRequest) -> HttpResponseBase:
    """Hand the pack to an administrator: it names everybody who works for a city.

    The admin's log says to whom.
    """
    if not request.user.is_superuser:
        return forbidden(request, PermissionDenied())
    if request.method == "GET":  # whoever asks for the head alone gets nothing
        note_handover(by=request.user)
    today = continuity.today()
    return StreamingHttpResponse(
        pack(today),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="handover-{today.isoformat()}.zip"'},
    )
