"""The panel beside an event: ``{% load places %}{% sign_up_panel page taken state %}``."""

from typing import Any

from django import template

from events.clocks import on_every_clock
from events.enums import SignUpState
from events.models import EventPage
from events.registrations.forms import ChoicesForm, SignUpForm
from events.registrations.refusals import refusal_for

register = template.Library()


@register.inclusion_tag("registrations/panel.html", takes_context=True)
def sign_up_panel(
    context: dict[str, Any], event: EventPage, taken: int, state: SignUpState
) -> dict[str, Any]:
    """The reader's place, or the way to one.

    Without an account it is a plain GET form that leads to the form's own address, so that
    the page is the same for all and can be kept; with an account it is the form itself.
    """
    user = context["request"].user
    own = event.registrations.active().of(user).first() if event.pk else None
    shown = {"event": event, "taken": taken, "state": state, "registration": own}
    if own or state != SignUpState.OPEN:
        return {**shown, "refusal": refusal_for(event, state)}
    if event.sign_up_closes_at:
        shown["closes"] = on_every_clock(event.sign_up_closes_at)
    if user.is_authenticated:
        return {**shown, "form": SignUpForm(event=event, home=user.city), "method": "post"}
    return {**shown, "form": ChoicesForm(event=event), "method": "get"}
