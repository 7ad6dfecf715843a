"""Enter the first step, move on, end it, and ask the cities for what they change together."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from consultations.roadmap.promises.enums import ChangeState
from home.committees.enums import StageKind
from home.committees.models import PathwayStage
from home.disputes.enums import OutcomeKind
from home.disputes.models import Dispute, DisputeChange, DisputeStep
from home.disputes.refusals import (
    ChangeWaits,
    IsOver,
    LastStep,
    MovedMeanwhile,
    NoPathway,
    NotInEveryLanguage,
    NotItsCity,
    NotLater,
    NotMoreOpen,
    NotYoursToWithdraw,
)
from home.disputes.telling import tell_editors
from partnership.cities.models import City
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import request_approval, void_if_changed
from partnership.ledger.signers import may_sign
from partnership.locking import lock
from partnership.pages.languages import CODES, localized
from partnership.people.models import Resident
from partnership.serving import public_changed

Texts = Mapping[str, str]


def pathway() -> dict[StageKind, int]:
    """Return the agreed steps in their order, each with how many days it may last."""
    stages = PathwayStage.objects.order_by("-sort_order", "-pk").values_list("kind", "days")
    days = dict(stages)  # of two of a kind the first counts
    return {kind: days[kind] for kind in StageKind if kind in days}


def cities_of(dispute: Dispute, person: Resident) -> list[City]:
    """Return the cities of the disagreement that this person works for, in their order."""
    own = set(person.edits_for.values_list("pk", flat=True))
    return [city for city in dispute.cities.all() if city.pk in own]


@transaction.atomic
def begin(dispute: Dispute, *, by: Resident | None = None) -> DisputeStep:
    """Enter the first step, on the day the matter was raised. Raises NoPathway.

    ``by`` is who wrote it down; everybody else who looks after it is told.
    """
    stages = pathway()
    if not stages:
        raise NoPathway
    step = _enter(dispute, next(iter(stages)), stages, dispute.raised_on, dispute.raised_by)
    if by is not None:
        tell_editors(dispute, step, by=by, city=dispute.raised_by)
    public_changed()
    return step


@transaction.atomic
def move_on(dispute: Dispute, *, by: Resident, city: City, seen: int, agreed: Texts) -> DisputeStep:
    """Leave the step with what was agreed in it, enter the next one, and return that.

    ``seen`` is the key of the step that was on the screen. Locks the disagreement, so that of
    two presses the second is refused. Raises MovedMeanwhile, IsOver, NotItsCity, LastStep or
    NotInEveryLanguage.
    """
    dispute, step = _lock(dispute, by=by, city=city, seen=seen)
    stages = pathway()
    order = list(StageKind)
    later = order[order.index(StageKind(step.stage)) + 1 :]
    following = next((stage for stage in later if stage in stages), None)
    if following is None:
        raise LastStep
    _leave(step, by=by, city=city, **_columns("agreed", agreed))
    entered = _enter(dispute, following, stages, dispute.today, city)
    tell_editors(dispute, entered, by=by, city=city)
    _note(dispute, by)
    return entered


@transaction.atomic
def settle(
    dispute: Dispute, *, by: Resident, city: City, seen: int, kind: str, outcome: Texts
) -> Dispute:
    """Say how it ended, at whatever step it is; locks and refuses as ``move_on`` does.

    Raises NotYoursToWithdraw, too.
    """
    dispute, step = _lock(dispute, by=by, city=city, seen=seen)
    if kind == OutcomeKind.WITHDRAWN and city != dispute.raised_by:
        raise NotYoursToWithdraw
    for name, text in _columns("outcome", outcome).items():
        setattr(dispute, name, text)
    dispute.outcome_kind, dispute.settled_by = kind, city
    dispute.settled_at = _leave(step, by=by, city=city)
    dispute.save()
    tell_editors(dispute, None, by=by, city=city)
    _note(dispute, by)
    return dispute


def _lock(dispute: Dispute, *, by: Resident, city: City, seen: int) -> tuple[Dispute, DisputeStep]:
    """Nobody else moves it until we commit; return it with its step as stored now."""
    dispute = lock(dispute)
    if city not in cities_of(dispute, by):
        raise NotItsCity
    step = dispute.current_step
    if step is None:
        raise IsOver
    if step.pk != seen:
        raise MovedMeanwhile
    return dispute, step


def _enter(
    dispute: Dispute, stage: StageKind, days: Mapping[StageKind, int], day: date, city: City
) -> DisputeStep:
    deadline = day + timedelta(days=days[stage])
    return DisputeStep.objects.create(
        dispute=dispute, stage=stage, entered_on=day, entered_by=city, deadline=deadline
    )


def _leave(step: DisputeStep, *, by: Resident, city: City, **agreed: str) -> datetime:
    """Return when it was left; an extension that waits for signatures is asked for no more.

    Sets these columns alone: an extension that was signed a moment ago stays.
    """
    now = timezone.now()
    for change in DisputeChange.objects.waiting().filter(step=step):
        _settle(lock(change), ChangeState.CALLED_OFF)
        void_if_changed(change, by=by)
    left = DisputeStep.objects.current().filter(pk=step.pk)
    left.update(left_at=now, left_by=city, **agreed)
    return now


def _columns(name: str, texts: Texts) -> dict[str, str]:
    """Return the text by its columns; raises NotInEveryLanguage."""
    found = {localized(name, code): texts.get(code, "").strip() for code in CODES}
    if not all(found.values()):
        raise NotInEveryLanguage
    return found


def _note(dispute: Dispute, by: Resident) -> None:
    """Keep who did it for staff; readers are told the city."""
    log(instance=dispute, action="wagtail.edit", user=by)
    public_changed()


# What the cities sign ---------------------------------------------------------------------


@transaction.atomic
def ask_for_time(dispute: Dispute, *, by: Resident, until: date, reason: Texts) -> ApprovalRequest:
    """Ask the cities for more time for the step it is at; see ``_ask``.

    Raises IsOver, NotLater, NotInEveryLanguage, ChangeWaits, or what the ledger refuses with.
    """
    dispute = lock(dispute)
    step = dispute.current_step
    if step is None:
        raise IsOver
    if until <= max(step.due_on, dispute.today):
        raise NotLater
    change = DisputeChange(dispute=dispute, step=step, until=until)
    return _ask(change, by=by, reason=reason)


@transaction.atomic
def ask_to_show(
    dispute: Dispute, *, by: Resident, confidentiality: str, reason: Texts
) -> ApprovalRequest:
    """Ask the cities whether readers may see more; see ``_ask``.

    Raises NotMoreOpen, NotInEveryLanguage, ChangeWaits, or what the ledger refuses with.
    """
    dispute = lock(dispute)
    shown = Dispute(confidentiality=confidentiality)
    if not shown.is_more_open(than=dispute.confidentiality):
        raise NotMoreOpen
    change = DisputeChange(dispute=dispute, confidentiality=confidentiality)
    return _ask(change, by=by, reason=reason)


def _ask(change: DisputeChange, *, by: Resident, reason: Texts) -> ApprovalRequest:
    """Who asks signs by it, unless they work for several of the cities."""
    dispute = change.dispute
    if DisputeChange.objects.waiting().filter(dispute=dispute).exists():
        raise ChangeWaits
    for name, text in _columns("reason", reason).items():
        setattr(change, name, text)
    change.save()
    own = [city for city in dispute.cities.all() if may_sign(by, city)]
    return request_approval(change, by=by, signing_for=own[0] if len(own) == 1 else None)


def take_effect(change: DisputeChange, *, request: ApprovalRequest) -> None:
    """Give the step its new last day, or show readers more; the ledger holds the change locked.

    The step is changed by compare and set, and not through its disagreement: whoever moves
    that holds it and waits for the change.
    """
    if change.step_id is not None:
        steps = DisputeStep.objects.current().filter(pk=change.step_id)
        steps.update(extended_to=change.until)
    else:
        disputes = Dispute.objects.filter(pk=change.dispute_id)
        disputes.update(confidentiality=change.confidentiality)
    _settle(change, ChangeState.MADE)
    public_changed()


def call_off(change: DisputeChange) -> None:
    """Leave everything as it is; called when a city asks for changes or calls it off."""
    _settle(change, ChangeState.CALLED_OFF)


def _settle(change: DisputeChange, state: ChangeState) -> None:
    waiting: Any = DisputeChange.objects.waiting().filter(pk=change.pk)
    waiting.update(state=state, settled_at=timezone.now())
