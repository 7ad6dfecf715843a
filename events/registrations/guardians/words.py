"""What a guardian agrees to, and what is told while we wait, in the active language."""

import hashlib

from django.utils.translation import gettext as _

from events.clocks import in_short
from events.enums import Mode
from events.registrations.models import Registration


def consent_of(registration: Registration) -> list[str]:
    """Return the sentences a guardian agrees to; they are stored as they were read."""
    event, name = registration.event, registration.participant.name
    told = {"name": name, "title": event.title, "where": _where(registration)}
    told["starts"] = in_short(event.starts_at, event.partner_cities)
    told["ends"] = in_short(event.ends_at, event.partner_cities)
    return [
        _("I am the parent or guardian of %(name)s, who is under 18.") % told,
        _(
            "I agree that %(name)s takes part in “%(title)s”, from %(starts)s to %(ends)s. "
            "Where: %(where)s."
        )
        % told,
        _(
            "I know that my name and this consent are kept until two months after the event, and "
            "that my address is deleted as soon as I have answered."
        ),
    ]


def fingerprint(sentences: list[str]) -> str:
    """Return what tells these words from any others: nobody agrees to what they did not read."""
    return hashlib.sha256("\n".join(sentences).encode()).hexdigest()


def _where(registration: Registration) -> str:
    """The venues of the city they join in, or all there are."""
    event, city_id = registration.event, registration.joins_in_id
    if event.way_to_be_there == Mode.ONLINE:
        return _("online")
    own = [venue for venue in event.venue_list if city_id in (None, venue.city_id)]
    names = (
        f"{venue.name} ({venue.city.name})" if venue.name else venue.city.name for venue in own
    )
    return ", ".join(names) or "–"


def held_until(registration: Registration, *, with_weekday: bool = False) -> str:
    """Until when a place is held, on every clock; empty while the event has no date."""
    ends_at, event = registration.guardian_until, registration.event
    if ends_at is None or event.is_postponed:
        return ""
    return in_short(ends_at, event.partner_cities, with_weekday=with_weekday)


def waits_for(registration: Registration) -> list[str]:
    """Tell whoever signed up what they wait for; nothing for all others."""
    if not registration.awaits_guardian:
        return []
    until = held_until(registration, with_weekday=True)
    asked = _("We write to your parent or guardian at the address you gave, with a link.")
    if not until:
        return [asked]
    held = _("It is held until your parent or guardian confirms, until %(when)s at the latest.")
    return [asked, held % {"when": until}]
