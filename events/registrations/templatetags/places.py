"""The panel beside an event: ``{% load places %}{% sign_up_panel page taken state own %}``."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events.enums import SignUpState
from events.models import EventPage
from events.registrations.door import qr
from events.registrations.door.permissions import may_check_in
from events.registrations.forms import ChoicesForm, SignUpForm
from events.registrations.models import Registration
from events.registrations.presenting import own_place, own_places, panel_context
from partnership.cities.models import City
from partnership.pages.languages import active

register = template.Library()


@register.inclusion_tag("registrations/panel.html", takes_context=True)
def sign_up_panel(
    context: dict[str, Any],
    event: EventPage,
    taken: int,
    state: SignUpState,
    own: Registration | None = None,
) -> dict[str, Any]:
    """The reader's place, or the way to one or to the waiting list.

    Without an account it is a plain GET form that leads to the form's own address, so that
    the page is the same for all and can be kept; so it is where more is asked than fits here.
    With an account it is otherwise the form itself.
    """
    user = context["request"].user
    shown = panel_context(event, state, user, own)
    if "method" not in shown:
        return shown
    if shown["method"] == "post":
        return {**shown, "form": SignUpForm(event=event, home=user.city)}
    home = user.city if user.is_authenticated else None
    return {**shown, "form": ChoicesForm(event=event, home=home)}


@register.simple_tag(takes_context=True)
def own_place_at(context: dict[str, Any], event: EventPage) -> Registration | None:
    """The reader's place, offer or turn at the event; one query, none without an account."""
    return own_place(event, context["request"].user)


@register.simple_tag(takes_context=True)
def own_places_at(context: dict[str, Any], *lists: Iterable[EventPage]) -> dict[int, str]:
    """What the reader has at each event of these lists, by its key; none without an account."""
    events = [event for found in lists for event in found or ()]
    return own_places(events, context["request"].user)


@register.filter
def at_event(own: dict[int, str] | None, event: EventPage) -> str:
    """What the reader has at this one, in words; empty for nothing."""
    return (own or {}).get(event.pk, "")


@register.filter
def starting_with(cities: Iterable[City], first: City | None) -> list[City]:
    """The cities in their order, but the one where somebody joins comes first."""
    return sorted(cities, key=lambda city: first is not None and city.pk != first.pk)


@register.simple_tag
def code_picture(registration: Registration) -> SafeString:
    """The code of a place as a picture for the door, named for those who do not see it."""
    label = _("Code for the door: %(code)s") % {"code": registration.code_in_groups}
    return qr.as_svg(registration.code, label)


@register.simple_tag(takes_context=True)
def door_address(context: dict[str, Any], event: EventPage) -> str:
    """Where this reader lets people in; empty for all but those who stand at this door."""
    user = context["request"].user
    if not (event.pk and event.takes_sign_up and user.is_authenticated and user.is_staff):
        return ""
    if not may_check_in(user, event):
        return ""
    return reverse("event_door", args=(event.slug_in(active()),))
