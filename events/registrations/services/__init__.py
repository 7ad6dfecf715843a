"""What changes anything about places; every change locks the event's row first."""

from events.registrations.services.by_hand import enter
from events.registrations.services.places import (
    CHANGE,
    PURPOSE,
    cancel,
    change,
    give_back_each,
    sign_up,
)
from events.registrations.services.waiting import accept, promote, promote_each

__all__ = (
    "CHANGE",
    "PURPOSE",
    "accept",
    "cancel",
    "change",
    "enter",
    "give_back_each",
    "promote",
    "promote_each",
    "sign_up",
)
