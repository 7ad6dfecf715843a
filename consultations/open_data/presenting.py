"""What the pages of open data show."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.exports.describing import DATA, TEXT
from consultations.initiatives.models import InitiativePage
from consultations.initiatives.presenting import downloads
from consultations.maps.finding import maps_of
from consultations.models import ConsultationPage
from consultations.open_data.places import SUFFIX, placed
from consultations.open_data.years import years_with_a_file
from consultations.presenting.head import ancestors
from consultations.risks.models import Risk
from consultations.roadmap.models import RoadmapPage
from consultations.snapshots.reading import latest
from partnership.cities.today import today_in
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.masking import SMALLEST_GROUP
from partnership.pages.access import open_to_all
from partnership.pages.languages import active
from partnership.serving import fresh_until

PER_PAGE = 50


def of_consultation(consultation: ConsultationPage, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of one consultation shows."""
    slug = consultation.slug_in(active())
    snapshot = latest(consultation)
    url = consultation.get_url(request)
    above = ancestors(consultation, request)
    return {
        "consultation": consultation,
        "url": url,
        "ancestors": [*above, {"title": consultation.title, "url": url}],
        "snapshot": snapshot,
        "results_url": snapshot and reverse("consultation_results", args=(slug,)),
        "links": [
            {"url": _file(slug, "zip"), "label": _("Data package (CSV in a zip)")},
            {"url": _file(slug, "json"), "label": _("Everything as JSON")},
            *_places(consultation, request),
        ],
        "smallest": SMALLEST_GROUP,
        "licences": {"texts": TEXT, "data": DATA},
    }


def _places(consultation: ConsultationPage, request: HttpRequest) -> list[dict[str, str]]:
    """The ideas on the map, where there are maps and ideas on them."""
    if not maps_of(request) or not placed(consultation).exists():
        return []
    url = _file(consultation.slug_in(active()), SUFFIX)
    return [{"url": url, "label": _("Ideas on the map (GeoJSON)")}]


def _file(slug: str, suffix: str) -> str:
    return reverse("consultation_open_data_file", args=(slug, suffix))


def everything(request: HttpRequest) -> dict[str, Any]:
    """Return what the page of all open data shows; a new consultation joins when it closes."""
    public = ConsultationPage.objects.live().filter(open_to_all())
    coming = public.open().values_list("closes_at", flat=True).first()
    fresh_until(request, coming)
    closed = public.closed().select_related("lead_city")
    page = Paginator(closed, PER_PAGE).get_page(request.GET.get("page"))
    roadmaps = list(RoadmapPage.objects.live().filter(open_to_all()).order_by("-year"))
    cities = once(request, cities_of_the_site)
    promised = {each.year for each in roadmaps if each.year <= today_in(cities).year}
    return {
        "ancestors": [{"url": f"/{active()}/"}],
        "page": page,
        "consultations": page.object_list,
        "roadmaps": [link for each in roadmaps for link in _files_of(each)],
        "years": sorted({*years_with_a_file(cities), *promised}, reverse=True),
        "initiatives": downloads() if InitiativePage.objects.published().exists() else [],
        "has_risks": Risk.objects.public().exists(),
        "calendars": _calendars(request),
        "feeds": [
            {"url": reverse("feed"), "label": _("News (Atom feed)"), "icon": "rss"},
            {"url": reverse("events_feed"), "label": _("Events (Atom feed)"), "icon": "rss"},
            {"url": reverse("alerts_feed"), "label": _("Alerts (Atom feed)"), "icon": "rss"},
        ],
    }


def _files_of(roadmap: RoadmapPage) -> list[dict[str, str]]:
    """The commitments of a year, and all there is about them."""
    promises = _("%(roadmap)s, promise by promise (CSV)") % {"roadmap": roadmap.title}
    whole = _("%(roadmap)s, everything (JSON)") % {"roadmap": roadmap.title}
    return [
        {"url": reverse("roadmap_commitments_csv", args=(roadmap.year,)), "label": promises},
        {"url": reverse("roadmap_json", args=(roadmap.year,)), "label": whole},
    ]


def _calendars(request: HttpRequest) -> list[dict[str, str]]:
    """The calendar of all events, and that of each city."""
    address = reverse("events_calendar")
    cities = once(request, cities_of_the_site)
    of_cities = [
        {
            "url": f"{address}?city={city.code}",
            "label": _("Events in %(city)s") % {"city": city.name},
        }
        for city in cities
    ]
    return [{"url": address, "label": _("All events")}, *of_cities]
