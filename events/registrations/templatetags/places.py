"""The panel beside an event: ``{% load places %}{% sign_up_panel page taken state %}``."""

from typing import Any

from django import template

from events.enums import SignUpState
from events.models import EventPage
from events.registrations.forms import ChoicesForm, SignUpForm
from events.registrations.presenting import panel_context

register = template.Library()


@register.inclusion_tag("registrations/panel.html", takes_context=True)
def sign_up_panel(
    context: dict[str, Any], event: EventPage, taken: int, state: SignUpState
) -> dict[str, Any]:
    """The reader's place, or the way to one or to the waiting list.

    Without an account it is a plain GET form that leads to the form's own address, so that
    the page is the same for all and can be kept; so it is where more is asked than fits here.
    With an account it is otherwise the form itself.
    """
    user = context["request"].user
    shown = panel_context(event, state, user)
    if "method" not in shown:
        return shown
    if shown["method"] == "post":
        return {**shown, "form": SignUpForm(event=event, home=user.city)}
    home = user.city if user.is_authenticated else None
    return {**shown, "form": ChoicesForm(event=event, home=home)}
