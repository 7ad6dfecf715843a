"""Take a place, see it, change it, give it back."""

from events.registrations.views.guardian import guardian
from events.registrations.views.place import cancel_place, change_place, give_back_place, place
from events.registrations.views.sign_up import sign_up_code, sign_up_to_event

__all__ = (
    "cancel_place",
    "change_place",
    "give_back_place",
    "guardian",
    "place",
    "sign_up_code",
    "sign_up_to_event",
)
