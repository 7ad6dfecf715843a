"""The places somebody took and when they came, for the copy of their own data."""

from django.utils.translation import gettext_lazy as _

from events.registrations.models import Arrival, Registration
from partnership.people.copies import Held, hold, of_participant


def register() -> None:
    """Tell of the places, and of those who came with them."""
    hold(
        Held(model=Registration, without=("told",), labels={"event": _("event")}),
        Held(
            model=Arrival,
            of=of_participant("registration__participant"),
            without=("mark",),
            told={"registration": lambda arrival: arrival.registration.code},
        ),
    )
