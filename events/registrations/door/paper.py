"""At the door, staff hold in their hands what a guardian has not said by mail."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from events.registrations.door.permissions import may_check_in
from events.registrations.door.seeking import find
from events.registrations.services.consent import record_on_paper
from partnership.people.second_factor.middleware import of_staff
from partnership.refusals import Refused


@of_staff
@never_cache
@login_required
@require_POST
def door_paper(request: Any, code: str) -> HttpResponse:
    """Note that the guardian's consent is there on paper, and lead back to the group."""
    if not request.user.has_perm("registrations.check_in"):
        raise PermissionDenied
    try:
        party = find(request, code)
    except Refused:
        return redirect("door_place", code)  # which says so
    if not may_check_in(request.user, party.event):
        raise PermissionDenied
    try:
        record_on_paper(party, by=request.user)
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The guardian's consent is recorded as given on paper."))
    return redirect("door_place", party.code)
