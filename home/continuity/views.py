"""The page about the bond for everybody; for staff what comes next, and the handover pack."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.continuity.handover import pack
from home.continuity.presenting import SOON, bond_context, coming_for
from home.continuity.services import note_handover
from home.continuity.telling import PERMISSION
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


class WhatComesNext(WagtailAdminTemplateMixin, TemplateView):
    """What falls due soon in the cities somebody works for, for whoever sees what is overdue."""

    page_title = _("What comes next")
    header_icon = "calendar"
    template_name = "continuity/admin/coming.html"
    breadcrumbs_items = (
        {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")},
        {"url": "", "label": page_title},
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            return forbidden(request, PermissionDenied())
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = coming_for(self.request.user, continuity.today())
        return super().get_context_data(rows=rows, days=SOON.days, **kwargs)
