"""Why somebody waits in line, and what may end it, in the active language."""

from django.utils.translation import gettext as _

from events.clocks import in_short
from events.registrations.models import Registration
from events.registrations.room import position_of
from partnership.cities.models import City
from partnership.cities.ordering import own_first


def clocks_for(registration: Registration) -> list[City]:
    """The cities of the clocks: where somebody joins, or lives, is the first."""
    own = registration.joins_in_id or registration.participant.city_id
    return own_first(registration.event.partner_cities, own)


def why_in_line(registration: Registration) -> list[str]:
    """Return the sentences for who begins to wait.

    While places are kept for cities some of them may be left: it is not said that all are taken.
    """
    event = registration.event
    told = {"title": event.title, "position": position_of(registration)}
    if not (event.quotas_hold() and event.quotas.exists()):
        taken = _("All places at “%(title)s” are taken. You are number %(position)d in line.")
        return [taken % told]
    none = _("“%(title)s” has no place for you for now. You are number %(position)d in line.")
    released = _("What cities have not taken of the places kept for them is for all from %(when)s.")
    release = event.quotas_release_at
    if release is None:
        return [none % told]
    when = in_short(release, clocks_for(registration), with_weekday=True)
    return [none % told, released % {"when": when}]
