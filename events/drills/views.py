"""The checklist of a drill, on a phone at the quay."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.drills.forms import CopyForm
from events.drills.models import DrillItem
from events.drills.permissions import may_run
from events.drills.services import copy_checklist, tick, untick
from events.models import DrillPage
from partnership.pages.huge_numbers import key_in
from partnership.pages.languages import active
from partnership.pages.redirects import formerly_at
from partnership.people.second_factor.middleware import of_staff
from partnership.refusals import Refused


@of_staff
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def drill_checklist(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the checklist to those who run the drill; tick, take back or copy on POST."""
    drill = _find(request, slug)
    if slug != drill.slug_in(active()) and request.method != "POST":
        return redirect(_address(drill))
    form = CopyForm(request.POST if "checklist" in request.POST else None)
    if request.method == "POST":
        if "item" in request.POST:
            return _change_item(request, drill)
        if form.is_valid():
            return _copy(request, drill, form)
    items = drill.items.select_related("done_by")
    context = {"drill": drill, "items": items, "form": form, **drill.items.progress()}
    status = 422 if form.is_bound else 200
    return render(request, "drills/checklist.html", context, status=status)


def _find(request: HttpRequest, slug: str) -> DrillPage:
    """Return the drill, unpublished ones too; another city's does not exist."""
    drills = DrillPage.objects.at(slug) or formerly_at(DrillPage.objects.all(), slug)
    found = [drill for drill in drills if may_run(request.user, drill)]
    drill = min(found, key=lambda drill: drill.slug_in(active()) != slug, default=None)
    if drill is None:
        raise Http404
    return drill


def _change_item(request: HttpRequest, drill: DrillPage) -> HttpResponse:
    item = get_object_or_404(DrillItem, drill=drill, number=key_in(request.POST["item"]))
    try:
        if "seen" in request.POST:
            untick(item, seen=_read_instant(request.POST["seen"]))
        else:
            tick(item, by=request.user)
    except Refused as refusal:
        messages.info(request, str(refusal))
    return HttpResponseRedirect(f"{_address(drill)}#item-{item.number}")


def _read_instant(text: str) -> datetime | None:
    """Return the instant, or None, which is no tick's, for anything else."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo else None


def _copy(request: HttpRequest, drill: DrillPage, form: CopyForm) -> HttpResponse:
    copied = len(copy_checklist(form.cleaned_data["checklist"], drill=drill))
    said: Any = ngettext("%(count)s item copied.", "%(count)s items copied.", copied)
    messages.success(request, said % {"count": copied})
    return redirect(_address(drill))


def _address(drill: DrillPage) -> str:
    return reverse("drill_checklist", args=(drill.slug_in(active()),))
