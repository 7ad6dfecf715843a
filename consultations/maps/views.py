"""What follows a press on the map of a form: the same form with the pin, and nothing lost."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from consultations.models import ConsultationPage
from consultations.taking_part import may_act
from consultations.typed import put_in
from consultations.views import come_in_first
from consultations.visiting.forms import GuestForm


def fill_in_pressed(
    request: HttpRequest, consultation: ConsultationPage, form: Any, address: str
) -> HttpResponse | None:
    """Put everything typed back into the form; coming in, where the session ran out meanwhile."""
    if not may_act(request, consultation) and not isinstance(form, GuestForm):
        return come_in_first(request, consultation, address)
    put_in(form, dict(request.POST.lists()))
    return None
