"""The page of partners, and what one of them said."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.partners.models import Partner
from home.partners.presenting import partners_context
from home.partners.said import said_by
from partnership.pages.languages import active


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Show who else carries the partnership, by what they are."""
    ancestors = [{"url": f"/{active()}/"}]
    context = {"ancestors": ancestors, **partners_context(request)}
    return render(request, "partners/index.html", context)


@require_safe
def partner_said(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was said for a partner by whoever it confirms."""
    partner = get_object_or_404(Partner.objects.public(), pk=pk)
    above = {"title": _("Partners"), "url": reverse("partners")}
    context = {
        "ancestors": [{"url": f"/{active()}/"}, above],
        "partner": partner,
        "page": said_by(partner, request.GET.get("page")),
    }
    return render(request, "partners/said.html", context)
