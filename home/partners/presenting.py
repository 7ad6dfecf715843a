"""What readers see of partners: by what they are, what they host and how they work."""

from collections import defaultdict
from typing import Any

from django.db.models import Exists, F
from django.http import HttpRequest

from events.models import EventPage
from home.knowledge.models import PracticePage
from home.partners.enums import PLURALS, PartnerKind
from home.partners.models import Partner
from home.partners.querysets import LOGO
from home.partners.said import with_said
from partnership.cities.today import today_in
from partnership.interface.context import cities, once
from partnership.pages.addresses import LINK_COLUMNS
from partnership.pages.alphabet import alphabetical
from partnership.pages.small_pictures import small_picture

#: So many events are shown beside a partner, the latest first.
MOST_EVENTS = 5


def there_are_partners() -> Exists:
    """Whether readers find anybody on the page of partners."""
    return Exists(Partner.objects.public())


def partners_context(request: HttpRequest) -> dict[str, Any]:
    """The partners of each kind by their names, then those that were; three queries."""
    today = today_in(once(request, cities))
    shown = with_said().with_logo().select_related("city")
    rows = _told(alphabetical(shown, by=lambda partner: partner.name), request)
    former = [row for row in rows if row["partner"].is_former_on(today)]
    current = [row for row in rows if row not in former]
    shelves = [
        {"kind": kind, "title": PLURALS[kind], "rows": _of_kind(current, kind)}
        for kind in PartnerKind
    ]
    return {"shelves": [shelf for shelf in shelves if shelf["rows"]], "former": former}


def _of_kind(rows: list[dict[str, Any]], kind: PartnerKind) -> list[dict[str, Any]]:
    return [row for row in rows if row["partner"].kind == kind]


def _told(partners: list[Partner], request: HttpRequest) -> list[dict[str, Any]]:
    """Each with its logo, the events that it hosts or hosted, and how it works."""
    hosted, practices = _hosted(partners, request), _practices(partners, request)
    return [
        {
            "partner": each,
            "logo": small_picture(each, "logo", LOGO),
            "events": hosted[each.pk],
            "practices": practices[each.pk],
        }
        for each in partners
    ]


def _practices(partners: list[Partner], request: HttpRequest) -> dict[int, list[dict[str, Any]]]:
    """The practices that name it, by its key: each of them leads back to its entry."""
    known = PracticePage.objects.published().filter(partners__in=partners)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    named = known.annotate(partner=F("partners")).only(*LINK_COLUMNS)
    for practice in alphabetical(named, by=lambda page: page.title):
        found[practice.partner].append({"title": practice.title, "url": practice.get_url(request)})
    return found


def _hosted(partners: list[Partner], request: HttpRequest) -> dict[int, list[dict[str, Any]]]:
    """The latest events of each, by its key."""
    public = EventPage.objects.public_events().filter(hosting__in=partners)
    known = public.annotate(host=F("hosting")).only("starts_at", *LINK_COLUMNS)
    hosted: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for event in known.order_by("-starts_at", "pk"):
        if len(hosted[event.host]) < MOST_EVENTS:
            hosted[event.host].append({"title": event.title, "url": event.get_url(request)})
    return hosted
