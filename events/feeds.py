"""The coming events as an Atom feed: all of them, or of a city, a kind or a language."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from events.clocks import in_short
from events.filters import Filters
from events.models import EventPage
from partnership.cities.former import there_at
from partnership.cities.models import City
from partnership.interface import context as frame
from partnership.interface.atom import FeedInLanguages, lasting_id
from partnership.pages.languages import CODES, active
from partnership.serving import fresh_until

LONGEST = 100


class EventsFeed(Feed):
    """What is coming, the latest news first: when, where and whether it is as planned."""

    feed_type = FeedInLanguages

    def get_object(self, request: HttpRequest) -> HttpRequest:
        """The request itself: what was asked and the name of the partnership depend on it."""
        return request

    def title(self, request: HttpRequest) -> str:
        return gettext("%(partnership)s: events") % {
            "partnership": frame.once(request, frame.partnership_name)
        }

    def subtitle(self) -> str:
        return gettext("What is coming in all cities, on each city's clock.")

    def link(self) -> str:
        return f"/{active()}/"

    def feed_guid(self, request: HttpRequest) -> str:
        return lasting_id(uuid.NAMESPACE_URL, f"events?{self._asked(request).query}")

    def feed_extra_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        query = self._asked(request).query
        tail, twins = (f"?{query}" if query else ""), {}
        for code in CODES:
            with translation.override(code):
                twins[code] = request.build_absolute_uri(reverse("events_feed")) + tail
        return {"twins": twins}

    def items(self, request: HttpRequest) -> list[EventPage]:
        asked, cities = self._asked(request), frame.once(request, frame.cities)
        coming = asked.in_time(EventPage.objects.public_events())
        newest_first = coming.prefetch_related("venues").order_by("-last_published_at", "-pk")
        events = list(newest_first[:LONGEST])
        fresh_until(request, *(event.ends_at for event in events))
        return [_with_clocks(event, cities, request) for event in events]

    def item_title(self, event: EventPage) -> str:
        status = event.status_label
        return f"{status}: {event.title}" if status else event.title

    def item_description(self, event: Any) -> str:
        told = (event.status_reason if event.status_label else "", event.news_when)
        return "\n".join(filter(None, (*told, event.where, event.summary)))

    def item_link(self, event: Any) -> str:
        return event.get_full_url(event.news_request)

    def item_guid(self, event: EventPage) -> str:
        return lasting_id(event.translation_key, "page")

    def item_pubdate(self, event: EventPage) -> datetime | None:
        return event.first_published_at

    def item_updateddate(self, event: EventPage) -> datetime | None:
        return event.last_published_at

    def item_categories(self, event: EventPage) -> tuple[str]:
        return (event.kind_label,)

    def item_extra_kwargs(self, event: Any) -> dict[str, Any]:
        return {"twins": {code: event.full_url_in(code, event.news_request) for code in CODES}}

    def _asked(self, request: HttpRequest) -> Filters:
        return Filters.from_query(request.GET, frame.once(request, frame.cities)).lasting


def _with_clocks(event: Any, cities: list[City], request: HttpRequest) -> EventPage:
    """Note on the event what its entry needs; Django asks for an entry's parts one by one."""
    event.news_when = in_short(event.starts_at, there_at(event, cities))
    event.news_request = request
    return event
