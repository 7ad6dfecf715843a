"""What the screen of a request shows: who has signed, what is signed, what is new in it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from partnership.cities.models import City
from partnership.ledger.kinds import kind_of
from partnership.ledger.models import Approval, ApprovalRequest
from partnership.ledger.services import is_up_to_date, what_has_changed
from partnership.ledger.signers import PERMISSION, may_sign
from partnership.pages.comparing import Row
from partnership.people.models import Resident


@dataclass(frozen=True)
class Step:
    """One city's part in a review or an approval."""

    name: str
    state: str
    icon: str
    signed_by: Any = None
    signed_at: Any = None
    comment: str = ""


def steps_of(request: ApprovalRequest) -> list[Step]:
    """Return every city that is asked, and whether it has signed."""
    approvals = request.approvals.select_related("given_by")
    given = {approval.city_id: approval for approval in approvals}
    return [_step(city, given.get(city.pk), request.is_open) for city in request.asked]


def _step(city: City, approval: Approval | None, is_open: bool) -> Step:
    if approval is not None:
        signed_by = approval.given_by or _("an account that was erased")
        signed = (signed_by, approval.given_at, approval.comment)
        return Step(str(city), _("Has signed"), "check", *signed)
    if is_open:
        return Step(str(city), _("Is asked now"), "edit")
    return Step(str(city), _("Had not signed when it ended"), "minus")


def rows_of(request: ApprovalRequest) -> list[Row]:
    """Return what is signed, against what every city signed before, a column per language."""
    subject = request.subject
    if subject is None:
        return []
    before = ApprovalRequest.objects.about(subject).signed().filter(pk__lt=request.pk).first()
    earlier = before.content["content"] if before else None
    return kind_of(subject).rows(request.content["content"], earlier)


def cities_to_sign(request: ApprovalRequest, person: Resident) -> list[City]:
    """Return the cities this person can sign for now; none when they have signed for one."""
    if not request.is_open or request.approvals.filter(given_by=person).exists():
        return []
    return [city for city in request.missing if may_sign(person, city)]


def may_call_off(request: ApprovalRequest, person: Resident) -> bool:
    """Whether this person can end the request, be it that they have signed it already."""
    return request.is_open and any(may_sign(person, city) for city in request.asked)


def why_not(request: ApprovalRequest, person: Resident) -> str:
    """Say why this person cannot sign; empty when they can."""
    if not request.is_open:
        return str(request.conclusion.get_outcome_display())
    if not is_up_to_date(request):
        return str(what_has_changed(request, request.subject))
    if request.approvals.filter(given_by=person).exists():
        return _("You have signed this version. Now somebody else must sign it.")
    if not cities_to_sign(request, person):
        return _("Another city is asked now: %(city)s.") % {
            "city": ", ".join(map(str, request.missing))
        }
    return ""


def waiting_for(person: Resident) -> list[dict[str, Any]]:
    """Return what waits for a city of this person: title, author, since when; a few at most."""
    if not person.has_perm(PERMISSION):
        return []
    requests = ApprovalRequest.objects.waiting_for(person).select_related("requested_by")
    found = requests.prefetch_related("subject").order_by("requested_at", "pk")
    return [
        {"request": request, "title": title_of(request), "author": request.requested_by}
        for request in found
        if request.subject is not None
    ]


def title_of(request: ApprovalRequest) -> str:
    """What it is called, in the reader's language."""
    subject = request.subject
    return kind_of(subject).title(subject) if subject is not None else str(request)
