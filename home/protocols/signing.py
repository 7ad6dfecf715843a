"""What the cities sign of a protocol: a version with all its steps, in every language."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from home.protocols.comparing import MUTUAL_AID, label_of, rows_to_sign, written
from home.protocols.models import ProtocolVersion
from home.protocols.refusals import VersionNotReady
from partnership.cities.models import City
from partnership.ledger.kinds import Shown, cities_of_page
from partnership.ledger.models import ApprovalRequest
from partnership.pages.comparing import Cell, Row
from partnership.pages.wording import gate, slots
from partnership.pages.wording.parts import texts_of


def content_of(version: ProtocolVersion) -> dict[str, Any]:
    """Return what is signed; raises VersionNotReady with every reason."""
    if reasons := list(reasons_of(version)):
        raise VersionNotReady(reasons)
    return {
        "protocol": version.protocol_id,
        "number": version.number,
        "title": texts_of(version.protocol, "title"),
        "kind": str(version.protocol.kind),
        "valid_from": version.valid_from.isoformat() if version.valid_from else None,
        **written(version),
    }


def reasons_of(version: ProtocolVersion) -> Iterator[str]:
    """Yield what is missing before the cities can be asked, in the active language."""
    for problem in gate.problems_in(slots.of_object(version), version.wording_so_far()):
        yield problem.in_a_list
    before = version_before(version.protocol_id, version.number)
    if before is not None and written(before) == written(version):
        yield _("It says the same as the version before.")
    yield from missing_parts(
        version,
        steps=len(version.steps.all()),
        texts=[name for name in MUTUAL_AID if any(texts_of(version, name).values())],
        laws=[basis.city_id for basis in version.legal_bases.all()],
    )


def version_before(protocol: int, number: int) -> ProtocolVersion | None:
    """Return the version of that protocol that this one follows; none for the first."""
    versions = ProtocolVersion.objects.with_words()
    return versions.filter(protocol=protocol, number=number - 1).first()


def missing_parts(
    version: ProtocolVersion, *, steps: int, texts: Collection[str], laws: Collection[int]
) -> Iterator[str]:
    """Yield what a version of this kind must say at all, given how many steps it has.

    ``texts`` are the names of what is written about mutual aid, ``laws`` the keys of the
    cities whose legal basis is.
    """
    if not steps:
        yield _("Write a step first.")
    if not version.protocol.is_mutual_aid:
        return
    for name in MUTUAL_AID:
        if name not in texts:
            yield _("Not written yet: %(text)s") % {"text": label_of(name)}
    for city in cities_of(version):
        if city.pk not in laws:
            yield _("The legal basis of %(city)s is missing.") % {"city": city.name}


def cities_of(version: ProtocolVersion) -> list[City]:
    """The protocol's cities; all of them where it is joint or of one city only."""
    return cities_of_page(version.protocol)


def who_signed(versions: Iterable[ProtocolVersion]) -> dict[int, set[int]]:
    """Return the keys of the cities that have signed each version, by its key; two queries."""
    kind = ContentType.objects.get_for_model(ProtocolVersion)
    keys = [version.pk for version in versions]
    requests = ApprovalRequest.objects.signed().filter(content_type=kind, object_id__in=keys)
    found: dict[int, set[int]] = defaultdict(set)
    for request in requests.defer("content").prefetch_related("cities"):
        found[request.object_id] |= {city.pk for city in request.cities.all()}
    return found


def title_of(version: ProtocolVersion) -> str:
    """What it is called, in the active language."""
    return str(version)


def address_of(version: ProtocolVersion) -> str:
    """Where it is edited."""
    return reverse("protocol_versions:edit", args=(version.pk,))


def rows_of(content: dict[str, Any], before: dict[str, Any] | None) -> list[Row]:
    """Return what the version says, marked against the version before it.

    No version is signed twice with other words, so what was signed ``before`` does not matter.
    """
    last = version_before(content["protocol"], content["number"])
    rows = rows_to_sign(written(last) if last else None, content)
    day = content["valid_from"]
    begins = date_format(date.fromisoformat(day)) if day else _("the day of the last signature")
    return [Row(capfirst(_("valid from")), [Cell(begins)]), *rows]


def shown_in_the_log(requests: Iterable[ApprovalRequest]) -> dict[int, Shown]:
    """Return those of protocols that readers can see, with the way to each version; one query."""
    asked = {each.pk: each.object_id for each in requests}
    readable = ProtocolVersion.objects.signed().readable().filter(pk__in=asked.values())
    found = {version.pk: version for version in readable.select_related("protocol")}
    return {
        pk: Shown(title_of(found[version]), found[version].get_absolute_url())
        for pk, version in asked.items()
        if version in found
    }
