"""Ask the cities for another status of the partnership, and give it one once all have signed."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from consultations.roadmap.promises.enums import ChangeState
from home.continuity.enums import FOR_A_TIME
from home.continuity.models import StatusChange
from home.continuity.refusals import StandsAlready, StatusChangeWaits
from home.models import PartnershipSettings
from partnership.cities.models import City
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import request_approval
from partnership.ledger.signers import may_sign
from partnership.locking import lock
from partnership.people.models import Resident
from partnership.serving import public_changed

#: In the admin's log, which says who has a copy of it.
HANDED_OVER = "continuity.handed_over"


@transaction.atomic
def ask_for_status(change: StatusChange, *, by: Resident) -> ApprovalRequest:
    """Ask every city to sign the change, which was not saved yet, and why.

    Who asks signs by it, unless they work for several cities and have to choose one. Locks what
    the partnership says about itself. Raises StatusChangeWaits, StandsAlready,
    StatusWithoutReason, or what the ledger refuses with.
    """
    bond = lock(PartnershipSettings.load())
    if StatusChange.objects.waiting().exists():
        raise StatusChangeWaits
    change.before = bond.status
    # A pause can be made longer, and for another reason; what is active or over cannot.
    if change.status == bond.status and change.status not in FOR_A_TIME:
        raise StandsAlready
    change.save()
    own = [city for city in City.objects.partners() if may_sign(by, city)]
    return request_approval(change, by=by, signing_for=own[0] if len(own) == 1 else None)


@transaction.atomic
def take_effect(change: StatusChange, *, request: ApprovalRequest) -> None:
    """Let the partnership stand as every city has signed; called with the change locked.

    Locks what the partnership says about itself.
    """
    bond = lock(PartnershipSettings.load())
    PartnershipSettings.objects.filter(pk=bond.pk).update(status_change=change)
    _settle(change, ChangeState.MADE)
    public_changed()


def call_off(change: StatusChange) -> None:
    """Leave the status as it is; called when a city asks for changes or calls it off."""
    _settle(change, ChangeState.CALLED_OFF)


def _settle(change: StatusChange, state: ChangeState) -> None:
    """The ledger holds the change's row locked."""
    waiting: Any = StatusChange.objects.waiting().filter(pk=change.pk)
    waiting.update(state=state, settled_at=timezone.now())


def note_handover(*, by: Resident) -> None:
    """Write down that somebody took the handover pack with them."""
    log(instance=PartnershipSettings.load(), action=HANDED_OVER, user=by)
