"""Why somebody is not let in, in words that can be read to them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from events.enums import EventStatus
from events.registrations.codes import in_groups, is_well_formed
from events.registrations.enums import Ending, RegistrationStatus
from events.registrations.guardians.refusals import GuardianHasNotConfirmed
from events.registrations.refusals import EventCancelled, EventPostponed
from events.registrations.room import position_of
from partnership.refusals import Refused

if TYPE_CHECKING:
    from events.models import EventPage
    from events.registrations.models import Arrival, Registration

#: Before an event begins its helpers can practise; whoever was let in too early is taken back.
OPENS_BEFORE = timedelta(hours=48)


class UnknownCode(Refused):
    """No place has this code."""

    code = "unknown"
    field = "q"

    def __init__(self, typed: str) -> None:
        sentence = gettext("No place has the code %(code)s. Ask to see the mail, or find the name.")
        super().__init__(sentence % {"code": in_groups(typed)})


class MistypedCode(Refused):
    """The last sign does not follow from the others."""

    code = "mistyped"
    field = "q"

    def __init__(self, typed: str) -> None:
        sentence = gettext("%(code)s is not a code: one of its signs is wrong. Compare them.")
        super().__init__(sentence % {"code": in_groups(typed)})


class PlaceGivenBack(Refused):
    """It was, and is no more."""

    code = "given_back"

    def __init__(self, registration: "Registration") -> None:
        sentence = gettext("This place was given back on %(when)s, so it is none any more.")
        if registration.ended_as == Ending.NO_PLACE:
            sentence = gettext("No place became free: the waiting list was closed on %(when)s.")
        elif registration.ended_as == Ending.LEFT:
            sentence = gettext("This was no place: the waiting list was left on %(when)s.")
        elif registration.ended_as == Ending.OFFER_PASSED:
            sentence = gettext("A place was offered and not taken in time: it ended on %(when)s.")
        when = registration.cancelled_at or registration.created_at
        super().__init__(sentence % {"when": day_and_time(when, registration.event)})


class StillWaiting(Refused):
    """On the waiting list."""

    code = "waiting"

    def __init__(self, registration: "Registration") -> None:
        sentence = gettext("This is no place yet: number %(position)d on the waiting list.")
        super().__init__(sentence % {"position": position_of(registration) or 0})


class OfferNotTaken(Refused):
    """Offered a place, and has not answered."""

    code = "offered"

    def __init__(self) -> None:
        super().__init__(
            _("A place was offered, but not taken. It can be taken now, with the link in the mail.")
        )


class AlreadyIn(Refused):
    """Everybody of the group is in."""

    code = "already_in"

    def __init__(self, arrival: "Arrival | None", event: "EventPage") -> None:
        if arrival is None:
            super().__init__(_("Already in."))
            return
        told = {"when": time_of(arrival.arrived_at, event)}
        if arrival.checked_in_by is None:
            super().__init__(gettext("Already in, since %(when)s.") % told)
            return
        told["who"] = str(arrival.checked_in_by)
        super().__init__(gettext("Already in, since %(when)s, let in by %(who)s.") % told)


class FewerAreMissing(Refused):
    """Some of the group are in, and more come than are left."""

    code = "fewer_are_missing"
    field = "people"

    def __init__(self, missing: int) -> None:
        sentence = ngettext(
            "Only %(missing)d person of this group is not in yet.",
            "Only %(missing)d people of this group are not in yet.",
            missing,
        )
        super().__init__(sentence % {"missing": missing})


class AtAnotherEvent(Refused):
    """The place is one at another event; says which."""

    code = "other_event"

    def __init__(self, event: "EventPage") -> None:
        sentence = gettext("This place is at another event: “%(title)s”, %(when)s.")
        told = {"title": event.title, "when": day_and_time(event.starts_at, event)}
        super().__init__(sentence % told)


class DoorNotOpenYet(Refused):
    """Days before the event nobody comes in."""

    code = "not_open_yet"

    def __init__(self, event: "EventPage") -> None:
        sentence = gettext("This event begins on %(when)s. The door opens two days before.")
        super().__init__(sentence % {"when": day_and_time(event.starts_at, event)})


class NothingToTakeBack(Refused):
    """Somebody was quicker."""

    code = "nothing_to_take_back"

    def __init__(self) -> None:
        super().__init__(_("This was taken back before."))


def not_found(typed: str) -> Refused:
    """Return why there is nothing with what was typed: a slip, or a code of nobody."""
    return UnknownCode(typed) if is_well_formed(typed) else MistypedCode(typed)


def refusal_at_the_door(registration: "Registration") -> Refused | None:
    """Return why nobody of this group comes in now; None when somebody may."""
    event = registration.event
    of_the_event: dict[str, Callable[[], Refused]] = {
        EventStatus.CANCELLED: EventCancelled,
        EventStatus.POSTPONED: EventPostponed,
    }
    of_the_place: dict[str, Callable[[], Refused]] = {
        RegistrationStatus.CANCELLED: lambda: PlaceGivenBack(registration),
        RegistrationStatus.WAITING: lambda: StillWaiting(registration),
        RegistrationStatus.OFFERED: OfferNotTaken,
    }
    refuse = of_the_event.get(event.event_status) or of_the_place.get(registration.status)
    if refuse:
        return refuse()
    if registration.awaits_guardian:
        return GuardianHasNotConfirmed()
    if timezone.now() < event.starts_at - OPENS_BEFORE:
        return DoorNotOpenYet(event)
    if not registration.missing:
        return AlreadyIn(registration.arrivals.latest_standing(), event)
    return None


def day_and_time(instant: datetime, event: "EventPage") -> str:
    """Day and time on the event's own clock."""
    return date_format(instant.astimezone(event.zone), "DATETIME_FORMAT")


def time_of(instant: datetime, event: "EventPage") -> str:
    """The time on the event's own clock, with the day when that is another one than today."""
    local = instant.astimezone(event.zone)
    is_today = local.date() == timezone.now().astimezone(event.zone).date()
    return date_format(local, "TIME_FORMAT" if is_today else "DATETIME_FORMAT")
