"""The addresses by which a calendar or a reader of news follows the events."""

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from events.filters import Filters


def subscriptions(filters: "Filters", partnership: str, title: str) -> list[dict[str, str]]:
    """Return links that keep a calendar up to date with what is listed: label, url, icon.

    Other hosts are asked only when somebody follows such a link.
    """
    query = filters.lasting.query
    tail = f"?{query}" if query else ""
    calendar = f"{settings.BASE_URL}{reverse('events_calendar')}{tail}"
    webcal = f"webcal://{calendar.split('://', 1)[1]}"
    outlook = urlencode({"url": calendar, "name": f"{partnership}: {title}"}, quote_via=quote)
    google = urlencode({"cid": webcal})
    return [
        {"label": _("Subscribe in your calendar"), "url": webcal, "icon": "cal"},
        {
            "label": "Google Calendar",
            "url": f"https://calendar.google.com/calendar/render?{google}",
            "icon": "cal",
        },
        {
            "label": "Outlook",
            "url": f"https://outlook.live.com/calendar/0/addfromweb?{outlook}",
            "icon": "cal",
        },
        {"label": _("Calendar file"), "url": f"{reverse('events_calendar')}{tail}", "icon": "down"},
        {"label": _("News feed (Atom)"), "url": f"{reverse('events_feed')}{tail}", "icon": "rss"},
    ]
