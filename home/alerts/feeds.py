"""Alerts as an Atom feed in each language."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from home.alerts.models import Alert
from partnership.interface import context as frame
from partnership.interface.atom import FeedInLanguages, lasting_id
from partnership.pages.languages import CODES

LONGEST = 30


def twins(view: str, *args: Any) -> dict[str, str]:
    """Return the full addresses of a view by their languages."""
    found = {}
    for code in CODES:
        with translation.override(code):
            found[code] = f"{settings.BASE_URL}{reverse(view, args=args)}"
    return found


class AlertsFeed(Feed):
    """The alerts that began last, also those that are over."""

    feed_type = FeedInLanguages

    def get_object(self, request: HttpRequest) -> HttpRequest:
        """The request itself: the name of the partnership is at hand there."""
        return request

    def title(self, request: HttpRequest) -> str:
        return gettext("%(partnership)s: alerts") % {
            "partnership": frame.once(request, frame.partnership_name)
        }

    def subtitle(self) -> str:
        return gettext("What everybody must know at once, as it is published.")

    def link(self) -> str:
        return reverse("alerts")

    def feed_guid(self) -> str:
        return lasting_id(uuid.NAMESPACE_URL, "alerts")

    def feed_extra_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        return {"twins": twins("alerts_feed")}

    def items(self) -> list[Alert]:
        found = list(Alert.objects.public().prefetch_related("steps")[:LONGEST])
        for alert in found:
            alert.is_known_to_be_over = alert.is_over()
        return found

    def item_title(self, alert: Any) -> str:
        told = {"level": alert.get_level_display(), "title": alert.title}
        if alert.is_known_to_be_over:
            return gettext("Over: %(title)s (%(level)s)") % told
        return gettext("%(level)s: %(title)s") % told

    def item_description(self, alert: Alert) -> str:
        return alert.text

    def item_link(self, alert: Alert) -> str:
        return alert.get_absolute_url()

    def item_guid(self, alert: Alert) -> str:
        return lasting_id(uuid.NAMESPACE_URL, f"alert:{alert.pk}")

    def item_pubdate(self, alert: Alert) -> datetime:
        return alert.starts_at

    def item_updateddate(self, alert: Alert) -> datetime:
        """The last change that a reader could see: a word, its beginning or its end."""
        seen = [alert.starts_at, *(step.done_at for step in alert.steps.all())]
        return max(*seen, alert.over_at) if alert.is_over() else max(seen)

    def item_extra_kwargs(self, alert: Alert) -> dict[str, Any]:
        return {"twins": twins("alert", alert.pk)}
