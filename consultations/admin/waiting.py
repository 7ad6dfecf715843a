"""What waits for a moderator, on the first screen of the admin: the longest wait first."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from consultations.admin.moderators import PERMISSION, contributions_of, proposals_of
from consultations.admin.queue_filters import ELSEWHERE
from consultations.enums import PublicationStatus
from partnership.cities.models import City
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.pages.languages import CODES, own_name


class LongestWaiting(Component):
    """On the dashboard, before all else: what waits since when, by city and language."""

    name = "longest_waiting"
    order = 10
    template_name = "consultations/admin/longest_waiting.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        if not request.user.has_perm(PERMISSION):
            return {"groups": []}
        comments, proposed = waiting_for(request)
        groups = _groups(once(request, cities_of_the_site), comments, proposed)
        return {
            "groups": groups,
            "number": sum(group["number"] for group in groups),
            "longest": _longest(comments, proposed) if groups else None,
        }


def waiting_for(request: HttpRequest) -> tuple[Any, Any]:
    """The comments and the proposed statements that wait for this moderator."""
    proposed = proposals_of(request).filter(publication_status=PublicationStatus.PENDING)
    return contributions_of(request).to_decide(), proposed


def _groups(cities: Any, *waiting: QuerySet) -> list[dict[str, Any]]:
    """How much waits by city and language, the longest wait first; a query for each kind."""
    by_key = {city.pk: city for city in cities}
    found: dict[tuple[int | None, str], dict[str, Any]] = {}
    for rows in waiting:
        grouped = rows.order_by().values("city_id", "language_code")
        counted = grouped.annotate(number=Count("pk", distinct=True), since=Min("created_at"))
        for row in counted.values_list("city_id", "language_code", "number", "since"):
            city_id, code, number, since = row
            group = found.setdefault(
                (city_id, code), _group(by_key.get(city_id), code, since=since)
            )
            group["number"] += number
            group["since"] = min(group["since"], since)
    return sorted(found.values(), key=lambda group: group["since"])


def _group(city: City | None, code: str, *, since: Any) -> dict[str, Any]:
    asked = {"city": city.code if city else ELSEWHERE, "language": code}
    return {
        "city": city,
        # Words in a language that the partnership gave up may wait still.
        "language": own_name(code) if code in CODES else code,
        "code": code,
        "url": f"{reverse('moderation_queue')}?{urlencode(asked)}",
        "number": 0,
        "since": since,
    }


def _longest(*waiting: QuerySet) -> Any:
    """The text that has waited longest; a query for each kind."""
    first = [rows.order_by("created_at", "pk").first() for rows in waiting]
    return min((each for each in first if each), key=lambda each: each.created_at, default=None)
