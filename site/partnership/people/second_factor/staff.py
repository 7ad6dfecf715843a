"""An administrator takes the second step from an account whose owner lost phone and codes."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnership.people import giving_roles
from partnership.people.models import Resident
from partnership.people.second_factor import services


def may_take_away(by: Resident, resident: Resident) -> bool:
    """Whether one may take it from the other; one's own is turned off with a code or password."""
    may_change = by.has_perm("people.change_resident") and giving_roles.is_above(by, resident)
    return may_change and by != resident


@require_http_methods(["GET", "POST"])
def take_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take it away; the owner is written to."""
    by, resident = cast(Resident, request.user), get_object_or_404(Resident, pk=pk)
    if not may_take_away(by, resident):
        raise PermissionDenied
    if request.method == "POST":
        if services.take_away(resident, by=by):
            messages.success(request, _("The second step is taken away, and they are told."))
        else:
            messages.error(request, _("This account has no second step."))
        return redirect("wagtailusers_users:edit", resident.pk)
    return TemplateResponse(
        request, "people/admin/take_second_step_away.html", {"resident": resident}
    )
