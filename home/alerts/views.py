"""The pages of alerts and channels, and the mails that residents asked for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from home.alerts.forms import WishForm
from home.alerts.links import resident_of
from home.alerts.models import Alert, AlertWish
from home.alerts.presenting import alert_context, emergency_context, list_context
from home.alerts.services import wish
from partnership.pages.languages import active


@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """Show the alerts in force, and those that are over."""
    context = {"ancestors": [_home()], **list_context(request)}
    return render(request, "alerts/alerts.html", context)


@require_safe
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one alert that has begun, and its history."""
    found = get_object_or_404(Alert.objects.public().prefetch_related("cities"), pk=pk)
    context = {"ancestors": [_home()], **alert_context(found, request)}
    return render(request, "alerts/alert.html", context)


@require_safe
def emergency(request: HttpRequest) -> HttpResponse:
    """Show whom to call in each city, and by which channels it can be reached."""
    context = {"ancestors": [_home()], **emergency_context(request)}
    return render(request, "alerts/emergency.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert_mails(request: HttpRequest) -> HttpResponse:
    """Ask of which alerts a resident wants to hear by mail."""
    form = WishForm(request.POST or None, resident=request.user)
    if form.is_valid():
        wish(request.user, reach=form.wanted)
        messages.success(request, _("That is noted."))
        return redirect("alert_mails")
    status = 422 if form.is_bound else 200
    return render(request, "alerts/mails.html", {"form": form}, status=status)


@csrf_exempt  # mail programs post without having been here; the signed address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert_mails_stop(request: HttpRequest, key: str) -> HttpResponse:
    """Ask whether to stop the mails; on POST stop them, as the button of a mail program does."""
    resident = resident_of(key)
    if resident is None:
        raise Http404
    if request.method == "POST":
        wish(resident, reach=None)
    is_stopped = not AlertWish.objects.filter(resident=resident).exists()
    context = {"is_stopped": is_stopped, "is_done": request.method == "POST"}
    return render(request, "alerts/stop.html", context)


def _home() -> dict[str, str]:
    return {"title": _("Home"), "url": f"/{active()}/"}
