"""Ask the cities for another promise, and make it one once all of them have signed."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations.roadmap.models import Commitment
from consultations.roadmap.promises.enums import ChangeState
from consultations.roadmap.promises.lines import put_lines
from consultations.roadmap.promises.models import PromiseChange
from consultations.roadmap.promises.refusals import ChangeWaits
from consultations.roadmap.promises.signing import cities_of, refuse_unless_as_before
from consultations.roadmap.promises.values import LINES, Values, put, values_of
from partnership.cities.models import City
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import request_approval
from partnership.ledger.signers import may_sign
from partnership.locking import lock
from partnership.pages.languages import CODES, localized
from partnership.people.models import Resident
from partnership.serving import public_changed


@transaction.atomic
def ask_to_change(
    commitment: Commitment, *, after: Values, reasons: dict[str, str], by: Resident
) -> ApprovalRequest:
    """Ask every city of the roadmap to sign that this is promised from now on, and why.

    Who asks signs by it, unless they work for several of the cities and have to choose one.
    Locks the commitment. Raises ChangeWaits, ReasonMissing, or what the ledger refuses with.
    """
    commitment = lock(commitment)
    if PromiseChange.objects.waiting().filter(commitment=commitment).exists():
        raise ChangeWaits
    texts = {localized("reason", code): reasons.get(code, "") for code in CODES}
    change = PromiseChange.objects.create(
        commitment=commitment, before=values_of(commitment, after), after=after, **texts
    )
    own = [city for city in cities_of(change) if may_sign(by, city)]
    return request_approval(change, by=by, signing_for=own[0] if len(own) == 1 else None)


@transaction.atomic
def make_change(change: PromiseChange, *, request: ApprovalRequest) -> Commitment:
    """Promise what every city has signed; called by the last signature, with the change locked.

    Locks the commitment. Raises ContentHasChanged when it is not what was to be changed.
    """
    commitment = lock(change.commitment)
    refuse_unless_as_before(change, commitment)
    first_due = commitment.original_due_on or commitment.due_on
    put(commitment, change.after)
    if "due_on" in change.after:
        commitment.original_due_on = first_due
    if "led_by" in change.after:
        commitment.led_by.set(City.objects.filter(code__in=change.after["led_by"]))
    if LINES in change.after:
        put_lines(commitment, change.after[LINES])
    # Every city has read these words in every language: none of them is behind another.
    commitment.confirm_wording(is_small_change=True)
    commitment.save()
    _settle(change, ChangeState.MADE)
    public_changed()
    return commitment


def call_off(change: PromiseChange) -> None:
    """Let the promise stand as it is; called when a city asks for changes or calls it off."""
    _settle(change, ChangeState.CALLED_OFF)


def _settle(change: PromiseChange, state: ChangeState) -> None:
    """The ledger holds the change's row locked."""
    waiting: Any = PromiseChange.objects.waiting().filter(pk=change.pk)
    waiting.update(state=state, settled_at=timezone.now())
