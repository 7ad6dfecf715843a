"""What somebody typed before coming in: kept in their session until the form is there again."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.http import HttpRequest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from consultations.models import ConsultationPage
from consultations.taking_part import may_act
from consultations.visiting.forms import GuestForm
from partnership import session_room
from partnership.people.guests import KEPT_TYPED

#: Where the session keeps it.
KEPT = "consultations.typed"
#: The button that keeps what a guest has typed and leads to the account; it names the form.
SIGN_IN = "next"
NEVER_KEPT = frozenset(("csrfmiddlewaretoken", "form_token", SIGN_IN))


def keep_typed(request: HttpRequest, address: str) -> None:
    """Keep what was typed in the session, for the form at that address, whatever its query.

    Who only reads has typed nothing, and no session is begun for them: crawlers come by millions.
    """
    if request.method != "POST":
        return
    typed = {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT}
    until = (timezone.now() + KEPT_TYPED).timestamp()
    kept = {"address": unquote(urlsplit(address).path), "until": until, "typed": typed}
    session_room.keep_typed(request, KEPT, kept)


def fill_in_again(
    request: HttpRequest, form: Any, consultation: ConsultationPage | None = None
) -> None:
    """Put what was typed before coming in back into the form it was typed into."""
    is_in = may_act(request, consultation) if consultation else request.user.is_authenticated
    kept = request.session.get(KEPT) if is_in or isinstance(form, GuestForm) else None
    if not kept or kept["address"] != request.path:
        return
    if kept.get("until", 0) <= timezone.now().timestamp():
        del request.session[KEPT]
        return
    if is_in:
        del request.session[KEPT]
    put_in(form, kept["typed"])


def put_in(form: Any, typed: dict[str, list[str]]) -> None:
    """Show in the form what was typed into it before, as it came from the browser."""
    sent = MultiValueDict(typed)
    for name, field in form.fields.items():
        if not field.widget.value_omitted_from_data(sent, {}, name):
            form.initial[name] = field.widget.value_from_datadict(sent, {}, name)
