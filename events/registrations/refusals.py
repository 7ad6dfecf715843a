"""Why somebody cannot take a place, or give it back, in words they can act on."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from events.clocks import on_every_clock
from events.enums import SignUpState
from events.models import EventPage
from partnership.refusals import Refused


class SignUpNotNeeded(Refused):
    """Everybody can simply come."""

    code = "not_needed"

    def __init__(self) -> None:
        super().__init__(_("You do not need a place for this event: just come."))


class EventCancelled(Refused):
    """It does not take place."""

    code = "cancelled"

    def __init__(self) -> None:
        super().__init__(_("This event has been cancelled, so no places are given any more."))


class EventPostponed(Refused):
    """It has no date for now."""

    code = "postponed"

    def __init__(self) -> None:
        super().__init__(
            _("This event has been postponed. Places are given again with a new date.")
        )


class SignUpClosed(Refused):
    """The sign-up is over."""

    code = "closed"

    def __init__(self) -> None:
        super().__init__(_("Sign-up for this event has closed."))


class EventOver(Refused):
    """It has been."""

    code = "over"

    def __init__(self) -> None:
        super().__init__(_("This event is over."))


class SignUpNotOpenYet(Refused):
    """The sign-up opens later; says when, on the clock of every city."""

    code = "not_open_yet"

    def __init__(self, opens_at: datetime) -> None:
        sentence = gettext("Sign-up opens on %(when)s.")
        super().__init__(sentence % {"when": on_every_clock(opens_at)})


class EventFull(Refused):
    """There are fewer places left than are asked for."""

    code = "full"
    field = "party_size"

    def __init__(self, places_left: int) -> None:
        self.places_left = places_left
        super().__init__(self._sentence())

    def _sentence(self) -> Any:
        if not self.places_left:
            return _("All places are taken. If somebody gives one back, it appears here at once.")
        return ngettext(
            "Only %(places)d place is left. Come with fewer people?",
            "Only %(places)d places are left. Come with fewer people?",
            self.places_left,
        ) % {"places": self.places_left}


class PartyTooLarge(Refused):
    """More people than one person may bring."""

    code = "party_too_large"
    field = "party_size"

    def __init__(self, limit: int) -> None:
        sentence = ngettext(
            "At this event one person can take %(limit)d place.",
            "At this event one person can take up to %(limit)d places.",
            limit,
        )
        super().__init__(sentence % {"limit": limit})


class NoSuchVenue(Refused):
    """The event does not happen in the city somebody wants to join in."""

    code = "no_such_venue"
    field = "joins_in"

    def __init__(self) -> None:
        super().__init__(_("This event has no venue in that city. Please choose another one."))


class AlreadyHasPlace(Refused):
    """One registration per person and event."""

    code = "already_has_place"

    def __init__(self) -> None:
        super().__init__(_("You already have a place at this event."))


class CannotCancel(Refused):
    """The place was given back before, or the event is over."""

    code = "cannot_cancel"

    def __init__(self) -> None:
        super().__init__(_("This place cannot be given back: that was done before, or it is over."))


FOR_STATE: dict[SignUpState, Callable[[EventPage], Refused]] = {
    SignUpState.NOT_NEEDED: lambda event: SignUpNotNeeded(),
    SignUpState.CANCELLED: lambda event: EventCancelled(),
    SignUpState.POSTPONED: lambda event: EventPostponed(),
    SignUpState.OVER: lambda event: EventOver(),
    SignUpState.CLOSED: lambda event: SignUpClosed(),
    SignUpState.NOT_YET: lambda event: SignUpNotOpenYet(event.sign_up_opens_at or event.starts_at),
    SignUpState.FULL: lambda event: EventFull(0),
}


def refusal_for(event: EventPage, state: SignUpState) -> Refused | None:
    """Return why nobody can take a place in this state; None while it is open."""
    refusal = FOR_STATE.get(state)
    return refusal(event) if refusal else None
