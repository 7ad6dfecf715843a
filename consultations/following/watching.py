"""What the clock sees of promises: what is new, whether it stands, and who is to hear of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from consultations.following.enums import MailKind
from consultations.following.models import Notice, PromiseStep
from consultations.following.people import behind, in_thousands, reachable
from consultations.following.querysets import PromiseStepQuerySet
from consultations.roadmap.enums import CommitmentStatus
from consultations.roadmap.models import Commitment, EvidenceLink
from consultations.roadmap.querysets import EvidenceLinkQuerySet
from consultations.roadmap.voices import acts_behind
from partnership.pages.access import open_to_all
from partnership.people.querysets import ParticipantQuerySet

#: How long a change must stand before anybody hears of it.
SETTLED = timedelta(hours=1)
#: From a link to the consultation that it leads to.
CONSULTATION = Coalesce(
    "consultation", "statement__consultation", "contribution__consultation",
    "question__consultation",
)  # fmt: skip


def watch() -> None:
    """Note what changed about public promises, and list who hears of what has stood an hour.

    Safe to run twice and at the same time: a promise has one step that settles, people have
    one notice of a step, and a step is listed by compare-and-set.
    """
    now = timezone.now()
    _note_changes(now)
    _list_what_stands(now)


def public_promises() -> Iterator[tuple[Commitment, set[int]]]:
    """Every promise that readers find, with the links to evidence they find; two queries."""
    cites: dict[int, set[int]] = {}
    links = EvidenceLink.objects.public().of_published_roadmaps().order_by()
    for key, promise in links.values_list("pk", "commitment"):
        cites.setdefault(promise, set()).add(key)
    promises = Commitment.objects.filter(open_to_all("roadmap__"), roadmap__live=True)
    promises = promises.with_carried_over()
    for promise in promises.only("status", "due_on").order_by("pk"):
        yield promise, cites.get(promise.pk, set())


# Noticing ----------------------------------------------------------------------------------


def _note_changes(now: datetime) -> None:
    told = {step.commitment_id: step for step in PromiseStep.objects.told()}
    settling = {step.commitment_id: step for step in PromiseStep.objects.settling()}
    for promise, cites in public_promises():
        known = _as_the_review_says(promise, told.get(promise.pk), now)
        _note(promise, cites, known, settling.pop(promise.pk, None), now)
    # Taken down again before it was told, or deleted meanwhile.
    gone = [step.pk for step in settling.values()]
    if gone:
        PromiseStep.objects.settling().filter(pk__in=gone).delete()


def _as_the_review_says(promise: Any, told: PromiseStep | None, now: datetime) -> Any:
    """What people know of a promise: also that a signed review carried it over.

    That verdict is a mail of its own (``delivered``); one about the status would say it again.
    """
    if told is None or told.status == promise.status:
        return told
    if promise.status != CommitmentStatus.CONTINUED or not promise.is_carried_over:
        return told
    return PromiseStep.objects.create(
        commitment=promise,
        status=promise.status,
        due_on=told.due_on,
        cites=told.cites,
        was_status=told.status,
        was_due_on=told.due_on,
        noticed_at=now,
        listed_at=now,
    )


def _note(
    promise: Commitment,
    cites: set[int],
    told: PromiseStep | None,
    settling: PromiseStep | None,
    now: datetime,
) -> None:
    """Begin, begin anew or take back the step that settles; each by what is stored now."""
    if told is not None and told.says(promise, cites):
        if settling is not None:
            PromiseStep.objects.settling().filter(pk=settling.pk).delete()
        return
    if settling is not None and settling.says(promise, cites):
        return
    looks = {
        "status": promise.status,
        "due_on": promise.due_on,
        "cites": sorted(cites.union(told.cites if told else ())),
        "noticed_at": now,
    }
    if settling is not None:
        PromiseStep.objects.settling().filter(pk=settling.pk).update(**looks)
        return
    before = {"was_status": told.status, "was_due_on": told.due_on} if told else {}
    step = PromiseStep(commitment=promise, **looks, **before)
    PromiseStep.objects.bulk_create([step], ignore_conflicts=True)


# Listing -----------------------------------------------------------------------------------


def _list_what_stands(now: datetime) -> None:
    """List who hears of a roadmap's changes once nothing on it has changed for an hour.

    So a review that changes ten promises one after the other is one mail and not ten.
    """
    for steps in standing(PromiseStep.objects.settling(), now):
        _list(steps, now)


def standing(settling: PromiseStepQuerySet, now: datetime) -> Iterator[list[Any]]:
    """Yield the steps of each roadmap on which none has begun within the hour."""
    by_roadmap: dict[int, list[Any]] = {}
    for step in settling.select_related("commitment").order_by("pk"):
        by_roadmap.setdefault(step.commitment.roadmap_id, []).append(step)
    for steps in by_roadmap.values():
        if all(step.noticed_at <= now - SETTLED for step in steps):
            yield steps


def _list(steps: list[PromiseStep], now: datetime) -> None:
    """Nobody is written to before all are on the list: who hears of several has one mail."""
    for step in steps:
        _list_people(step)
    note_as_listed(steps, now)


@transaction.atomic
def note_as_listed(steps: list[Any], now: datetime) -> None:
    """Say of steps of one kind that everybody is on the list, unless they changed meanwhile."""
    for step in steps:
        unchanged = type(step).objects.settling().filter(pk=step.pk, noticed_at=step.noticed_at)
        unchanged.update(listed_at=now)


def _list_people(step: PromiseStep) -> None:
    """Write a notice for everybody concerned, a thousand at a time; again does no harm."""
    told = PromiseStep.objects.told().filter(commitment=step.commitment_id).last()
    known = set(told.cites if told else ())
    every = EvidenceLink.objects.public().filter(pk__in=step.cites)
    links = every if step.is_move else every.exclude(pk__in=known)
    for consultation_id in consultations_of(links):
        people = behind(acts_behind(links.about(consultation_id)))
        if not step.is_move:
            # Whose words it cited before has heard of it already.
            people = people.exclude(pk__in=behind(acts_behind(every.filter(pk__in=known))))
        put_on_the_list(people, consultation_id, MailKind.PROMISES, step)


def put_on_the_list(
    people: ParticipantQuerySet, consultation_id: int, kind: MailKind, step: Any
) -> None:
    """Write a notice of the step for each of them who can be reached, a thousand at a time."""
    about = {"consultation_id": consultation_id, kind.news: step}
    for keys in in_thousands(reachable(people, consultation_id, kind)):
        Notice.objects.bulk_create(
            (Notice(participant_id=key, **about) for key in keys),
            ignore_conflicts=True,
        )


def consultations_of(links: EvidenceLinkQuerySet) -> list[int]:
    """The consultations that links lead to; one to an event leads to none."""
    found = links.order_by().annotate(leads_to=CONSULTATION).exclude(leads_to=None)
    return sorted(set(found.values_list("leads_to", flat=True)))
