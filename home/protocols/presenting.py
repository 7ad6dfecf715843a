"""What readers see of protocols: what is in force, what was, and what became of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import DrillPage
from home.archive.models import Lesson
from home.archive.presenting import origin_of
from home.models import way_up
from home.protocols.comparing import MUTUAL_AID, label_of, to_read, written
from home.protocols.models import ProtocolPage, ProtocolVersion
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.ledger.reading import entry_about, signatures_of
from partnership.pages.access import open_to_all
from partnership.pages.alphabet import alphabetical


def index_rows() -> list[dict[str, Any]]:
    """Every public protocol with its version in force, by title; two queries."""
    protocols = ProtocolPage.objects.published()
    versions = ProtocolVersion.objects.in_force(timezone.localdate())
    followed = {version.protocol_id: version for version in versions}
    return [
        {"protocol": protocol, "url": protocol.get_url(), "version": followed.get(protocol.pk)}
        for protocol in alphabetical(protocols, by=lambda protocol: protocol.title)
    ]


def protocol_context(protocol: ProtocolPage, request: HttpRequest) -> dict[str, Any]:
    """The version in force, the way to the others, and the drills at which it is practised."""
    versions = _versions(protocol)
    current = _in_force(versions, timezone.localdate())
    return {
        "protocol": protocol,
        "ancestors": way_up(protocol),
        "drills": _drills(protocol),
        "versions": _told(versions),
        **_version_context(current, versions, request),
    }


def version_context(
    protocol: ProtocolPage, number: int, request: HttpRequest
) -> dict[str, Any] | None:
    """The same for one version by its number, with what it says otherwise; None for no such."""
    versions = _versions(protocol)
    version = next((each for each in versions if each.number == number), None)
    if version is None:
        return None
    before = next((each for each in versions if each.number == number - 1), None)
    url = protocol.get_url(request)
    return {
        "protocol": protocol,
        "ancestors": [*way_up(protocol), {"title": protocol.title, "url": url}],
        "url": url,
        "before": before,
        "differences": to_read(written(before), written(version)) if before else [],
        "versions": _told(versions, shown=version),
        **_version_context(version, versions, request),
    }


def _versions(protocol: ProtocolPage) -> list[ProtocolVersion]:
    """What every city signed, the first version first; each knows the page it is read on."""
    if not protocol.pk:  # a preview of a page that was never saved
        return []
    versions = list(protocol.versions.signed().with_words())
    for version in versions:
        version.protocol = protocol
    return versions


def _in_force(versions: Sequence[ProtocolVersion], today: date) -> ProtocolVersion | None:
    return next((each for each in reversed(versions) if each.has_begun(today)), None)


def _version_context(
    version: ProtocolVersion | None, versions: Sequence[ProtocolVersion], request: HttpRequest
) -> dict[str, Any]:
    if version is None:
        return {"version": None}
    today = timezone.localdate()
    entry = entry_about(version)
    known = {city.code: city for city in once(request, cities_of_the_site)}
    return {
        "version": version,
        "steps": list(version.steps.all()),
        "about": [
            {"label": label_of(name), "text": text}
            for name in MUTUAL_AID
            if (text := getattr(version, name))
        ],
        "legal_bases": list(version.legal_bases.all()),
        "is_to_come": not version.has_begun(today),
        "followed_by": next((each for each in versions if each.number == version.number + 1), None),
        "is_over": any(each.number > version.number and each.has_begun(today) for each in versions),
        "entry": entry,
        "signatures": signatures_of(entry, known) if entry else [],
        "lessons": _lessons(version),
    }


def _told(
    versions: Sequence[ProtocolVersion], shown: ProtocolVersion | None = None
) -> list[dict[str, Any]]:
    """The versions as links side by side, the newest first; none where there is one only."""
    if len(versions) == 1 and shown is None:
        return []
    current = _in_force(versions, timezone.localdate())
    return [
        {
            "title": _("Version %(number)s") % {"number": each.number},
            "url": each.get_absolute_url(),
            "note": _("in force") if each == current else "",
            "current": each == shown,
        }
        for each in reversed(versions)
    ]


def _lessons(version: ProtocolVersion) -> list[dict[str, Any]]:
    """The lessons that were taken up in this version, with what they were learned from."""
    learned = Lesson.objects.public().filter(taken_up_version=version).with_origins()
    return [{"lesson": lesson, **origin_of(lesson.debrief)} for lesson in learned]


def _drills(protocol: ProtocolPage) -> list[dict[str, Any]]:
    """The drills at which the protocol is practised, the latest first."""
    if not protocol.pk:
        return []
    drills = DrillPage.objects.live().filter(open_to_all(), protocol=protocol)
    return [
        {"drill": drill, "url": drill.get_url(), "day": drill.starts_at.astimezone(drill.zone)}
        for drill in drills.order_by("-starts_at", "-pk")
    ]


def practised_at(drill: DrillPage) -> dict[str, Any]:
    """The protocol a drill practises, in the version that was in force when it began."""
    if drill.protocol_id is None:
        return {"protocol": None}
    protocol = ProtocolPage.objects.published().filter(pk=drill.protocol_id).first()
    if protocol is None:
        return {"protocol": None}
    day = drill.starts_at.astimezone(drill.zone).date()
    version = _in_force(list(protocol.versions.signed()), day)
    if version is None:
        return {"protocol": protocol, "url": protocol.get_url()}
    version.protocol = protocol
    return {"protocol": protocol, "version": version, "url": version.get_absolute_url()}
