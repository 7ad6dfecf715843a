"""What a reader sees of one event: its chips, its days, where it comes from."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from events.calendars import other_calendars
from events.enums import Mode, SignUpState
from events.structured_data import structured_data
from partnership.interface.templatetags.looks import kind_icon, language_name

if TYPE_CHECKING:
    from events.models import EventPage
    from partnership.pages.models import BasePage

FRONT_PAGE_DEPTH = 2
TONES = {SignUpState.OPEN: "ok", SignUpState.FULL: "shared", SignUpState.NOT_YET: "shared"}


def event_context(event: "EventPage") -> dict[str, Any]:
    """Everything the page of an event shows, in a number of queries that never grows."""
    taken = event.count_places_taken()
    state = event.sign_up_state(taken)
    return {
        "ancestors": ancestors(event),
        "taken": taken,
        "state": state,
        "chips": chips(event, state),
        "days": days(event),
        "provisions": event.provisions.all(),
        "spoken": spoken(event),
        "origin": origin(event),
        "structured_data": structured_data(event, state, taken) if event.pk else "",
        "calendar_links": calendar_links(event),
    }


def ancestors(page: "BasePage") -> list["BasePage"]:
    """The published pages above, the front page first; those that led here are at hand."""
    above: list[BasePage] = []
    while page.depth > FRONT_PAGE_DEPTH:
        page = page.get_parent()
        above.insert(0, page)
    return [parent for parent in above if parent.live]


def chips(event: "EventPage", state: SignUpState) -> list[dict[str, Any]]:
    """The pills above the title: kind, what is not as planned, sign-up, price."""
    found: list[dict[str, Any]] = [{"text": event.kind_label, "icon": kind_icon(event.kind)}]
    if event.status_label:
        found.append({"text": event.status_label, "icon": "alert", "tone": "shared"})
    if state not in {SignUpState.CANCELLED, SignUpState.POSTPONED}:
        icon = "check" if state == SignUpState.OPEN else "clock"
        found.append({"text": state.label, "icon": icon, "tone": TONES.get(state, "line")})
    if event.way_to_be_there != Mode.IN_PERSON:
        found.append({"text": event.way_to_be_there.label.capitalize(), "tone": "line"})
    if event.price_note:
        found.append({"text": event.price_note, "tone": "line"})
    return found


def calendar_links(event: "EventPage") -> list[dict[str, str]]:
    """The event's own calendar file, then other sites' calendars (asked only on a click).

    The file alone says that an event is cancelled or has no date for now: elsewhere it would be
    entered as if it took place.
    """
    own = {"url": event.calendar_url, "label": _("Calendar file"), "icon": "cal"}
    others = other_calendars(event) if event.has_a_date else []
    return [own, *({**link, "icon": "cal"} for link in others)]


def where_to_be(event: "EventPage", own: int | None = None) -> dict[str, Any]:
    """For who has a place: venues, and the address to join at; of what is online only, no hall.

    The venues of their ``own`` city come first; ``joins_in`` names it where there is a choice.
    """
    way = event.way_to_be_there
    venues = [] if way == Mode.ONLINE else event.venue_list
    cities = {venue.city_id: venue.city for venue in venues}
    return {
        "venues": sorted(venues, key=lambda venue: own is not None and venue.city_id != own),
        "joins_in": cities.get(own) if len(cities) > 1 else None,
        "online_url": "" if way == Mode.IN_PERSON else event.online_url,
    }


def spoken(event: "EventPage") -> str:
    """The languages it is held in, as the reader calls them; empty when that is all of them."""
    if not event.languages:
        return ""
    return get_text_list([language_name(code) for code in event.spoken], _("and"))


def days(event: "EventPage") -> list[dict[str, Any]]:
    """The programme, day by day on the event's own clock; one day needs no heading."""
    items = sorted(event.programme.select_related("city"), key=lambda item: item.starts_at)
    by_day = groupby(items, key=lambda item: item.starts_at.astimezone(event.zone).date())
    return [{"date": date, "items": list(found)} for date, found in by_day]


def origin(event: "EventPage") -> list[dict[str, Any]]:
    """The way from a consultation over this event to commitments, as links of a chain."""
    before = event.consultation
    links = []
    if before and before.live and getattr(event, "is_origin_open", True):
        links.append({"icon": "chat", "label": before.title, "url": before.get_url()})
    links.append({"icon": kind_icon(event.kind), "label": _("This event"), "tone": "shared"})
    links += _commitments(event)
    return links if len(links) > 1 else []


def _commitments(event: "EventPage") -> list[dict[str, Any]]:
    """The commitments that cite the event; the relation belongs to the roadmap."""
    if not event.pk:
        return []
    links: Any = event.evidence_links
    cited = links.of_published_roadmaps().select_related("commitment__roadmap")
    return [
        {
            "icon": "flag",
            "label": _("%(roadmap)s, item %(number)s")
            % {"roadmap": link.commitment.roadmap.title, "number": link.commitment.number},
            "url": link.commitment.get_absolute_url(),
        }
        for link in cited.order_by("commitment__roadmap__year", "commitment__number")
    ]
