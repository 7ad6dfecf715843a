"""What the cities agreed for an emergency, and when they practise it."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from events.models import DrillPage
from events.reports.querysets import NOT_HAPPENED
from home.protocols.enums import ProtocolKind
from home.protocols.models import ProtocolVersion
from partnership.pages.access import open_to_all
from partnership.pages.alphabet import alphabetical
from partnership.serving import fresh_until

FOR_AN_EMERGENCY = (ProtocolKind.EMERGENCY, ProtocolKind.MUTUAL_AID)


def agreed_context(request: HttpRequest) -> dict[str, Any]:
    """The protocols in force, the drill to come next and the one that was last; two queries."""
    return {"agreements": agreements(), "drills": drills(request)}


def agreements() -> list[ProtocolVersion]:
    """Return the versions in force that every reader may open, by title."""
    found = ProtocolVersion.objects.in_force(timezone.localdate()).readable()
    ours = found.filter(protocol__kind__in=FOR_AN_EMERGENCY).select_related("protocol")
    return alphabetical(ours, by=lambda version: version.protocol.title)


def drills(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the next drill and the last one, where there are any; the page is renewed between."""
    now = timezone.now()
    public = DrillPage.objects.live().filter(open_to_all()).exclude(event_status__in=NOT_HAPPENED)
    coming = public.filter(ends_at__gt=now).order_by("starts_at", "pk")
    over = public.filter(ends_at__lte=now).order_by("-ends_at", "-pk")
    both = Q(pk__in=coming.values("pk")[:1]) | Q(pk__in=over.values("pk")[:1])
    found = DrillPage.objects.filter(both).order_by("-ends_at", "-pk")
    fresh_until(request, *(drill.ends_at for drill in found))
    return [
        {
            "drill": drill,
            "url": drill.get_url(),
            "day": drill.starts_at.astimezone(drill.zone),
            "is_to_come": drill.ends_at > now,
        }
        for drill in found
    ]
