"""Changes of promises, and the editors of each city who ask for them and sign them."""

from typing import Any

from django.utils import timezone

from consultations.roadmap.groups import ensure_groups
from consultations.roadmap.models import Commitment
from consultations.roadmap.promises.models import PromiseChange
from consultations.roadmap.promises.services import ask_to_change
from partnership.cities.models import City
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import approve
from partnership.pages.languages import CODES
from partnership.people.models import Resident
from tests.factories.groups import make_groups
from tests.factories.official import editor_of as signer_of

#: The year of the roadmap that ``make_roadmap`` makes.
YEAR = timezone.now().year


def editor_of(*cities: City, **fields: Any) -> Resident:
    """Somebody who edits commitments, and signs, for these cities."""
    make_groups(ensure_groups, last="add_commitment")
    return signer_of(*cities, **fields)


def why(words: str = "The quay wall comes first.") -> dict[str, str]:
    """The same reason in every language."""
    return dict.fromkeys(CODES, words)


def ask(commitment: Commitment, *, by: Resident, reason: str = "", **after: Any) -> ApprovalRequest:
    """Ask for another promise: ``ask(commitment, by=editor, due_on="2030-05-01")``."""
    reasons = why(reason) if reason else why()
    return ask_to_change(commitment, after=after, reasons=reasons, by=by)


def sign(request: ApprovalRequest, *, by: Resident, city: City) -> None:
    """Sign what was asked, as it stands on the screen."""
    fresh = ApprovalRequest.objects.get(pk=request.pk)
    approve(fresh, by=by, city=city, seen=fresh.digest)


def change(commitment: Commitment, *cities: City, **after: Any) -> PromiseChange:
    """Have the cities change a promise, the first of them asking for it."""
    asking, *others = [(city, editor_of(city)) for city in cities]
    request = ask(commitment, by=asking[1], **after)
    for city, editor in others:
        sign(request, by=editor, city=city)
    return PromiseChange.objects.get(pk=request.object_id)
