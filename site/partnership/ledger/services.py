"""Ask every city, sign for one, ask for changes, call it off."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from partnership.cities.models import City
from partnership.ledger import chain, mail, quotes
from partnership.ledger.digests import digest_of
from partnership.ledger.enums import Outcome
from partnership.ledger.kinds import kind_of, signed_content
from partnership.ledger.models import Approval, ApprovalRequest, Conclusion
from partnership.ledger.refusals import (
    AlreadyAsked,
    CitiesHaveChanged,
    CityHasSigned,
    ContentHasChanged,
    NothingNewToSign,
    NotYourCity,
    OnePersonOneCity,
    RequestIsOver,
    SayWhatToChange,
)
from partnership.ledger.signers import may_sign, signers_of
from partnership.locking import lock
from partnership.outbox.services import post
from partnership.people.models import Resident
from partnership.refusals import Refused


@transaction.atomic
def request_approval(
    subject: models.Model, *, by: Resident, signing_for: City | None = None
) -> ApprovalRequest:
    """Ask every city to sign the subject as it is now; their signers are told.

    Who wrote what is asked may sign by asking, with ``signing_for``: then only the others are
    told. Locks the subject's row. A request about an earlier state of it ends. Raises
    AlreadyAsked, NothingNewToSign, NotYourCity, or what the subject's own room refuses with.
    """
    subject = lock(subject)
    quotes.keep(kind_of(subject).quotes(subject))
    content = signed_content(subject)
    digest = digest_of(content)
    cities = list(kind_of(subject).cities(subject))
    if not any(may_sign(by, city) for city in cities):
        raise NotYourCity
    earlier = ApprovalRequest.objects.open().about(subject).first()
    if earlier is not None and earlier.digest == digest:
        raise AlreadyAsked
    signed = ApprovalRequest.objects.last_signed(subject)
    if signed is not None and signed.digest == digest:
        raise NothingNewToSign
    if earlier is not None:
        _conclude(earlier, Outcome.EDITED, by=by)
    request = ApprovalRequest.objects.create(
        subject=subject, content=content, digest=digest, requested_by=by
    )
    request.cities.set(cities)
    _tell_signers(request, subject, [city for city in cities if city != signing_for], but=by)
    if signing_for is not None:
        approve(request, by=by, city=signing_for, seen=digest)
    return request


@transaction.atomic
def approve(
    request: ApprovalRequest, *, by: Resident, city: City, seen: str, comment: str = ""
) -> Approval:
    """Sign for one city; with the last signature what was signed takes effect.

    ``seen`` is the digest of what was on the screen. Locks the subject, so that no edit comes
    between reading and signing, then the request, and at the last signature the log. A
    superuser signs for nobody: a key belongs to a city hall, not to a role.
    """
    subject, request = _lock_open(request)
    if not seen == request.digest == _digest_now(subject):
        raise what_has_changed(request, subject)
    if city not in request.asked or not may_sign(by, city):
        raise NotYourCity
    if request.approvals.filter(given_by=by).exists():
        raise OnePersonOneCity
    if request.approvals.filter(city=city).exists():
        raise CityHasSigned
    approval = Approval.objects.create(
        request=request, city=city, given_by=by, digest=request.digest, comment=comment
    )
    if not request.missing:
        _conclude(request, Outcome.SIGNED, by=by)
        kind_of(subject).approved(subject, request=request)
        _tell_author(mail.all_signed(request, subject))
        chain.append(request)
    return approval


@transaction.atomic
def ask_for_changes(
    request: ApprovalRequest, *, by: Resident, city: City, comment: str
) -> Conclusion:
    """End the request with what a city wants changed; whoever asked is told. Locks as above."""
    subject, request = _lock_open(request)
    if city not in request.asked or not may_sign(by, city):
        raise NotYourCity
    if not comment.strip():
        raise SayWhatToChange
    conclusion = _conclude(request, Outcome.RETURNED, by=by, comment=comment)
    kind_of(subject).called_off(subject)
    _tell_author(mail.changes_asked(request, subject, city=city))
    return conclusion


@transaction.atomic
def withdraw(request: ApprovalRequest, *, by: Resident, comment: str = "") -> Conclusion:
    """Call the request off; anybody who may sign for one of its cities can.

    Whoever asked and whoever has signed is told, and why.
    """
    subject, request = _lock_open(request)
    if not any(may_sign(by, city) for city in request.asked):
        raise NotYourCity
    conclusion = _conclude(request, Outcome.WITHDRAWN, by=by, comment=comment)
    kind_of(subject).called_off(subject)
    _tell_of_the_end(request, subject)
    return conclusion


@transaction.atomic
def void_if_changed(subject: models.Model, *, by: Resident | None) -> Conclusion | None:
    """After an edit: end the open request about the subject if it asks about something else.

    Call it in the transaction of the edit. The signatures under it stay on record and count
    for nothing, and whoever gave them is told; even without this call nobody could add the
    missing one.
    """
    subject = lock(subject)
    request = ApprovalRequest.objects.open().about(subject).first()
    if request is None or request.digest == _digest_now(subject):
        return None
    conclusion = _conclude(request, Outcome.EDITED, by=by)
    _tell_of_the_end(request, subject)
    return conclusion


def is_up_to_date(request: ApprovalRequest) -> bool:
    """Whether what is asked about is still as it was when the cities were asked."""
    subject = request.subject
    return subject is not None and request.digest == _digest_now(subject)


def what_has_changed(request: ApprovalRequest, subject: Any) -> ContentHasChanged:
    """Return why what is asked is not what would be signed now: other cities, or other words."""
    if subject is None:
        return ContentHasChanged()
    cities = sorted(city.code for city in kind_of(subject).cities(subject))
    return ContentHasChanged() if cities == request.content["cities"] else CitiesHaveChanged()


def _lock_open(request: ApprovalRequest) -> tuple[Any, ApprovalRequest]:
    subject = request.subject
    if subject is None:
        raise RequestIsOver
    subject = lock(subject)
    request = ApprovalRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not request.is_open:
        raise RequestIsOver
    return subject, request


def _digest_now(subject: models.Model) -> str:
    """Return the digest of the subject as it is; empty when it could not even be asked about."""
    try:
        return digest_of(signed_content(subject))
    except Refused:
        return ""


def _conclude(
    request: ApprovalRequest, outcome: Outcome, *, by: Resident | None, comment: str = ""
) -> Conclusion:
    return Conclusion.objects.create(
        request=request, outcome=outcome, concluded_by=by, comment=comment
    )


def _tell_signers(
    request: ApprovalRequest, subject: Any, cities: Iterable[City], *, but: Resident
) -> None:
    for reader in signers_of(cities).exclude(pk=but.pk):
        post("approval_asked", **mail.request_to_sign(request, subject, reader))


def _tell_of_the_end(request: ApprovalRequest, subject: Any) -> None:
    """Write to whoever asked or has signed, but not to whom it ended by."""
    signed = request.approvals.exclude(given_by=None).select_related("given_by")
    readers = {each.given_by for each in signed} | {request.requested_by}
    for reader in readers - {None, request.conclusion.concluded_by}:
        post(**mail.ended(request, subject, reader))


def _tell_author(letter: dict[str, Any] | None) -> None:
    if letter is not None:
        post(**letter)
