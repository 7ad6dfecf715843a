"""Finding an event by its address; calendar files."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.calendars import calendar_file, calendar_of
from events.filters import Filters
from events.listing import PLURALS
from events.models import EventPage
from partnership.interface import context as frame
from partnership.pages.languages import active
from partnership.pages.redirects import formerly_at

CALENDAR = "text/calendar; charset=utf-8"
#: How long what is over stays in a subscribed calendar, and how much it holds at most.
REMEMBERED = timedelta(days=366)
LONGEST = 1000


def find_event(slug: str) -> EventPage:
    """Return the public event with this slug, in the reader's language if two answer to it."""
    public = EventPage.objects.public_events().knowing_hosts()
    found = list(public.at(slug)) or formerly_at(public, slug)
    event = min(found, key=lambda event: event.slug_in(active()) != slug, default=None)
    if event is None:
        raise Http404
    return event


@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the calendar file of one event in the reader's language."""
    event = find_event(slug)
    if slug != event.slug_in(active()):
        return redirect(event.calendar_url)
    name = f"{event.slug_in(active())}.ics"
    return HttpResponse(
        calendar_file(event, active()),
        content_type=CALENDAR,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def events_calendar(request: HttpRequest) -> HttpResponse:
    """Send a calendar to subscribe to: of all events, or of a city, a kind or a language."""
    asked = Filters.from_query(request.GET, frame.once(request, frame.cities)).lasting
    recent = EventPage.objects.public_events().filter(ends_at__gt=timezone.now() - REMEMBERED)
    events = asked.narrow(recent).for_calendars()[:LONGEST]
    name = frame.once(request, frame.partnership_name)
    if asked.kind:
        name = f"{name}: {PLURALS[asked.kind]}"  # type: ignore[index]  # a known value
    url = request.build_absolute_uri()
    return HttpResponse(calendar_of(events, active(), name=name, url=url), content_type=CALENDAR)
