"""What editors do at one press: declare an alert over, note that a channel was tested."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from home.alerts.models import Alert, Channel
from home.alerts.services import end, note_test, own_cities
from partnership.cities.models import City
from partnership.pages.huge_numbers import key_in


@permission_required("alerts.change_alert", raise_exception=True)
@require_POST
def alert_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare an alert of one's own cities over."""
    editor: Any = request.user
    alert = get_object_or_404(Alert.objects.of_editor(editor), pk=pk)
    if end(alert, by=editor):
        messages.success(request, _("It is over. Readers are told so for a day."))
    else:
        messages.info(request, _("It was over already."))
    return redirect("alerts:index")


@permission_required("alerts.change_channel", raise_exception=True)
@require_POST
def channel_tested(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a city of one's own tried a channel today."""
    channel = get_object_or_404(Channel.objects.of_editor(request.user), pk=pk)
    own = _cities(channel, request.user)
    city = own.filter(pk=key_in(request.POST.get("city", ""))).first()
    if city is None:
        messages.error(request, _("Nothing was noted: which of your cities tested it?"))
    elif note_test(channel, city=city):
        messages.success(request, _("Noted: the channel was tested today."))
    else:
        messages.info(request, _("That was noted today already."))
    return redirect("channels:index")


def _cities(channel: Channel, editor: Any) -> Any:
    cities = City.objects.filter(pk__in=channel.offices.values("city"))
    if editor.is_superuser:
        return cities
    return cities.filter(pk__in=[city.pk for city in own_cities(cities, editor)])
