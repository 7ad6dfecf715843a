"""What is new in the partnership, as an Atom feed in each language."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from consultations.models import ConsultationPage
from events.models import EventPage
from home.knowledge.models import CaseStudyPage
from home.models import StoryPage
from partnership.interface import context as frame
from partnership.interface.atom import FeedInLanguages, lasting_id
from partnership.pages.access import open_to_all
from partnership.pages.languages import CODES, active
from partnership.pages.models import BasePage

LONGEST = 30
#: The field of each page type that says in two sentences what it is about.
NEWS = (
    (EventPage, "summary"),
    (ConsultationPage, "lead"),
    (StoryPage, "intro"),
    (CaseStudyPage, "summary"),
)


class NewsFeed(Feed):
    """The events, consultations, stories and case studies that were published last."""

    feed_type = FeedInLanguages

    def get_object(self, request: HttpRequest) -> HttpRequest:
        """The request itself: addresses and the name of the partnership depend on it."""
        return request

    def title(self, request: HttpRequest) -> str:
        return gettext("%(partnership)s: news") % {
            "partnership": frame.once(request, frame.partnership_name)
        }

    def subtitle(self) -> str:
        return gettext("Events, consultations, stories and case studies, as they are published.")

    def link(self) -> str:
        return f"/{active()}/"

    def feed_guid(self) -> str:
        return lasting_id(uuid.NAMESPACE_URL, "feed")

    def feed_extra_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        twins = {}
        for code in CODES:
            with translation.override(code):
                twins[code] = request.build_absolute_uri(reverse("feed"))
        return {"twins": twins}

    def items(self, request: HttpRequest) -> list[BasePage]:
        found: list[BasePage] = []
        for model, summary in NEWS:
            latest = (
                model.objects.live().filter(open_to_all()).order_by("-last_published_at")[:LONGEST]
            )
            found += [_with_summary(page, summary, request) for page in latest]
        found.sort(key=lambda page: (page.last_published_at, page.pk), reverse=True)
        return found[:LONGEST]

    def item_title(self, page: BasePage) -> str:
        return page.title

    def item_description(self, page: Any) -> str:
        return page.news_summary

    def item_link(self, page: Any) -> str:
        return page.get_full_url(page.news_request)

    def item_guid(self, page: BasePage) -> str:
        return lasting_id(page.translation_key, "page")

    def item_pubdate(self, page: BasePage) -> datetime | None:
        return page.first_published_at

    def item_updateddate(self, page: BasePage) -> datetime | None:
        return page.last_published_at

    def item_extra_kwargs(self, page: Any) -> dict[str, Any]:
        return {"twins": {code: page.full_url_in(code, page.news_request) for code in CODES}}


def _with_summary(page: Any, summary: str, request: HttpRequest) -> BasePage:
    """Note on the page what its entry needs; Django asks for an entry's parts one by one."""
    page.news_summary = getattr(page, summary)
    page.news_request = request
    return page
