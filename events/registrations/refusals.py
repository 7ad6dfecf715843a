"""Why somebody cannot take a place, or give it back, in words they can act on."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from events.clocks import on_every_clock
from events.enums import SignUpState
from events.models import EventPage
from partnership.cities.models import City
from partnership.pages.wording.foreign import Enumeration
from partnership.refusals import Refused

if TYPE_CHECKING:
    from events.registrations.room import Room


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

    def __init__(self, places_left: int, *, may_wait: bool = False) -> None:
        self.places_left, self.may_wait = places_left, may_wait
        super().__init__(self._sentence())

    def _sentence(self) -> Any:
        if not self.places_left:
            return _("All places are taken. If somebody gives one back, it appears here at once.")
        if self.may_wait:
            return ngettext(
                "Only %(places)d place is left. Come with fewer people, or wait for all of you.",
                "Only %(places)d places are left. Come with fewer people, or wait for all of you.",
                self.places_left,
            ) % {"places": self.places_left}
        return ngettext(
            "Only %(places)d place is left. Come with fewer people?",
            "Only %(places)d places are left. Come with fewer people?",
            self.places_left,
        ) % {"places": self.places_left}


class QuotaFull(Refused):
    """Places are left, but they are kept for other cities; says until when, if that ends."""

    code = "quota_full"

    def __init__(self, event: EventPage, city: City | None) -> None:
        kept_for = [quota.city for quota in event.quotas.select_related("city")]
        sentence = self._of_city(event) if city in kept_for else self._of_others(event)
        words = {
            "city": city.name if city in kept_for and city else "",
            "cities": Enumeration([each.name for each in kept_for], gettext("and")),
            "when": on_every_clock(event.quotas_release_at) if event.quotas_release_at else "",
        }
        super().__init__(sentence % words)

    @staticmethod
    def _of_city(event: EventPage) -> str:
        if event.quotas_release_at:
            return gettext(
                "The places kept for %(city)s are taken. What other cities have not taken is for "
                "everybody from %(when)s on."
            )
        return gettext(
            "The places kept for %(city)s are taken, and the others are kept for other cities."
        )

    @staticmethod
    def _of_others(event: EventPage) -> str:
        if event.quotas_release_at:
            return gettext(
                "What is left is kept for people who live in %(cities)s. What they have not taken "
                "is for everybody from %(when)s on."
            )
        return gettext("What is left is kept for people who live in %(cities)s.")


def refusal_when_full(
    room: "Room", city: City | None, *, places_left: int = 0, may_wait: bool = False
) -> Refused:
    """Return why somebody from there finds no place: all are taken, or they are for others."""
    others_find_some = room.left is None or room.left > 0
    if room.quotas and not places_left and others_find_some:
        return QuotaFull(room.event, city)
    return EventFull(places_left, may_wait=may_wait)


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
        super().__init__(_("You already have a place at this event, or wait for one."))


class GroupTooLargeToWait(Refused):
    """A group for which there will never be places enough."""

    code = "group_too_large_to_wait"
    field = "party_size"

    def __init__(self, limit: int) -> None:
        sentence = ngettext(
            "There is %(limit)d place for you in all, so a larger group would wait in vain.",
            "There are %(limit)d places for you in all, so a larger group would wait in vain.",
            limit,
        )
        super().__init__(sentence % {"limit": limit})


class GuardianMissing(Refused):
    """A minor comes with the consent of a parent or guardian only."""

    code = "guardian_missing"

    def __init__(self, field: str) -> None:
        sentence = _("Under 18 you need a parent or guardian: write their name and tick the box.")
        super().__init__(sentence, field=field)


class CannotChange(Refused):
    """Given back meanwhile, offered, or too late."""

    code = "cannot_change"

    def __init__(self) -> None:
        super().__init__(_("It is too late to change this, or it was given back."))


class OfferExpired(Refused):
    """The offer was answered, or its time is over."""

    code = "offer_expired"

    def __init__(self) -> None:
        super().__init__(
            _("This offer has ended, and the place went to the next in line. You can wait again.")
        )


class LinkNotOurs(Refused):
    """A link to a place that is incomplete or forged."""

    code = "link_not_ours"

    def __init__(self) -> None:
        super().__init__(_("This link is incomplete, or not ours. Open it from the mail again."))


class NoPlaceToGive(Refused):
    """Nothing kept back and nothing free for this group."""

    code = "no_place_to_give"

    def __init__(self) -> None:
        super().__init__(
            _("There is no place to give: none is kept back and none is free for this group.")
        )


class PromotionWithoutReason(Refused):
    """Others wait longer; they may ask why."""

    code = "no_reason"
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_("Write why this person comes before the others."))


class NoPlaceLeft(Refused):
    """Not even one that is kept back, for so many."""

    code = "no_place_left"
    field = "party_size"

    def __init__(self, left: int) -> None:
        sentence = ngettext(
            "There is room for %(number)d person more.",
            "There is room for %(number)d people more.",
            left,
        )
        full = gettext("No place is left, and none is kept back.")
        super().__init__(sentence % {"number": left} if left else full)


class GivenBackWithoutReason(Refused):
    """Whose place it was may ask why."""

    code = "no_reason"
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_("Write why the place is given back."))


class ExportWithoutReason(Refused):
    """Names and addresses leave the house only for a reason that is written down."""

    code = "no_reason"
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_("Say why names and e-mail addresses are needed. It is kept in the log."))


class NotYourCity(Refused):
    """An event of another city."""

    code = "not_your_city"

    def __init__(self) -> None:
        super().__init__(_("This event belongs to another city. Its own editors look after it."))


class NobodyToWriteTo(Refused):
    """A message to a group of nobody."""

    code = "nobody_to_write_to"
    field = "statuses"

    def __init__(self) -> None:
        super().__init__(_("There is nobody in this group at the moment. Nothing was sent."))


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
