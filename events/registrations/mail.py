"""What the mails about places say."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from events.calendars import calendar_file
from events.registrations.models import Registration

CALENDAR_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"


def confirmation(registration: Registration) -> dict[str, Any]:
    """Return the arguments of ``post``: the place is theirs, with the event for the calendar."""
    language = registration.mail_language
    calendar = calendar_file(registration.event, language)
    return {
        **_letter(registration),
        "attachments": ((f"{registration.event.slug_in(language)}.ics", calendar, CALENDAR_TYPE),),
    }


def cancellation(registration: Registration) -> dict[str, Any]:
    """Return the arguments of ``post``: the place has been given back."""
    return _letter(registration)


def _letter(registration: Registration) -> dict[str, Any]:
    event, language = registration.event, registration.mail_language
    resident: Any = registration.participant.resident  # guests come with their own letters
    with translation.override(language):
        cancel_url = settings.BASE_URL + reverse("cancel_place", args=(registration.code,))
    return {
        "to": resident.email,
        "language_code": language,
        "context": {
            "registration": registration,
            "event": event,
            "venues": event.venue_list,
            "event_url": event.full_url_in(language),
            "cancel_url": cancel_url,
        },
        "about": registration,
    }
