"""Protocols that somebody has to see to: nothing in force, a city without signature, grown old."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.protocols.models import ProtocolPage, ProtocolVersion
from home.protocols.signing import who_signed
from partnership import continuity
from partnership.cities.models import City
from partnership.ledger.kinds import cities_of_page

#: Nobody has looked a protocol over for so long.
OLD_AFTER = timedelta(days=2 * 365)


def find(today: date) -> Iterable[continuity.Concern]:
    """Yield what is the matter with published protocols; the same queries for any number."""
    everybody = continuity.every_city()
    in_force = ProtocolVersion.objects.in_force(today).select_related("protocol")
    followed = {version.protocol_id: version for version in in_force}
    signed = who_signed(followed.values())
    for protocol in ProtocolPage.objects.live().prefetch_related("cities").order_by("path"):
        version = followed.get(protocol.pk)
        cities = cities_of_page(protocol, everybody)
        if version is None:
            yield _nothing_in_force(protocol, cities)
            continue
        missing = [city for city in cities if city.pk not in signed[version.pk]]
        if missing:
            yield _not_signed(version, missing)
        seen_on = max(filter(None, (version.in_force_from, protocol.reviewed_on)))
        if seen_on + OLD_AFTER < today:
            yield _grown_old(protocol, seen_on, cities)


def _nothing_in_force(protocol: ProtocolPage, cities: list[City]) -> continuity.Concern:
    return continuity.Concern(
        words=_("“%(protocol)s” has no version in force.") % {"protocol": protocol.title},
        edit_url=_address(protocol),
        cities=tuple(cities),
    )


def _not_signed(version: ProtocolVersion, missing: list[City]) -> continuity.Concern:
    words = {"version": version, "cities": ", ".join(city.name for city in missing)}
    return continuity.Concern(
        words=_("“%(version)s” is in force and not signed by: %(cities)s.") % words,
        ahead=_("“%(version)s” comes into force and is not signed by: %(cities)s.") % words,
        edit_url=reverse("protocol_versions:edit", args=(version.pk,)),
        due=version.in_force_from,
        cities=tuple(missing),
    )


def _grown_old(protocol: ProtocolPage, seen_on: date, cities: list[City]) -> continuity.Concern:
    return continuity.Concern(
        words=_("Nobody has looked over “%(protocol)s” for two years.")
        % {"protocol": protocol.title},
        ahead=_("“%(protocol)s” is to be looked over.") % {"protocol": protocol.title},
        edit_url=_address(protocol),
        due=seen_on + OLD_AFTER,
        cities=tuple(cities),
    )


def _address(protocol: ProtocolPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=(protocol.pk,))


CHECK = continuity.Check(name="protocols.signed", heading=gettext_lazy("Protocols"), find=find)
