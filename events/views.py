"""Finding an event by its address; its calendar file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from events.calendars import calendar_file
from events.models import EventPage
from partnership.pages.languages import active


def find_event(slug: str) -> EventPage:
    """Return the public event with this slug, in the reader's language if two answer to it."""
    found = EventPage.objects.public_events().at(slug)
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
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
