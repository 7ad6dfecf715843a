"""Begin the next version of a protocol, ask every city to sign it, put it into force."""

from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from home.protocols.models import LegalBasis, ProtocolPage, ProtocolStep, ProtocolVersion
from home.protocols.refusals import DraftExists
from home.protocols.signing import cities_of
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import request_approval
from partnership.ledger.signers import may_sign
from partnership.pages.languages import field_names
from partnership.pages.wording.slots import translated_fields
from partnership.people.models import Resident
from partnership.serving import public_changed


@transaction.atomic
def begin_version(protocol: ProtocolPage) -> ProtocolVersion:
    """Return the draft of the next version: it begins with the words of the last one.

    Locks the protocol. Raises DraftExists where somebody was first.
    """
    protocol = ProtocolPage.objects.select_for_update(of=("self",)).get(pk=protocol.pk)
    if protocol.versions.drafts().exists():
        raise DraftExists
    last = protocol.versions.signed().with_words().last()
    number = last.number + 1 if last else 1
    version: Any = ProtocolVersion(protocol=protocol, number=number)
    if last is not None:
        _copy(last, version)
        version.steps = [
            _copy(step, ProtocolStep(sort_order=step.sort_order, key=step.key))
            for step in last.steps.all()
        ]
        version.legal_bases = [
            _copy(basis, LegalBasis(sort_order=basis.sort_order, city=basis.city, url=basis.url))
            for basis in last.legal_bases.all()
        ]
    version.save()
    return cast(ProtocolVersion, version)


def _copy(source: Any, copy: Any) -> Any:
    """Give the copy the texts of the source in every language."""
    for name in translated_fields(type(source)):
        for column in field_names(name):
            setattr(copy, column, getattr(source, column))
    return copy


@transaction.atomic
def ask_to_sign(version: ProtocolVersion, *, by: Resident) -> ApprovalRequest:
    """Ask every city of the protocol to sign the version as it is.

    Who asks signs by it, unless they work for several of the cities and have to choose one.
    Raises VersionNotReady, or what the ledger refuses with.
    """
    own = [city for city in cities_of(version) if may_sign(by, city)]
    return request_approval(version, by=by, signing_for=own[0] if len(own) == 1 else None)


@transaction.atomic
def put_into_force(version: ProtocolVersion, *, request: ApprovalRequest) -> ProtocolVersion:
    """Let the version be what is done; called by the last signature, with the version locked.

    It is in force from the day that was signed, but never before the last signature, nor
    before the version it follows. Where a city that joined has signed too, nothing changes.
    """
    if version.is_signed:
        return version
    now = timezone.now()
    last = version.protocol.versions.signed().last()
    days = [timezone.localdate(now), version.valid_from, last and last.in_force_from]
    version.signed_at, version.in_force_from = now, max(day for day in days if day)
    version.save(update_fields=["signed_at", "in_force_from"])
    public_changed()
    return version
