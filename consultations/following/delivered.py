"""What the clock sees of what promises deliver: milestones, readings, verdicts.

It works as ``watching`` does for the promises themselves: a difference from what people know is a
step that settles, and who is behind the promise is listed once it has stood for an hour.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone

from consultations.following.enums import DeliveryKind, MailKind
from consultations.following.models import DeliveryStep
from consultations.following.people import behind
from consultations.following.watching import (
    consultations_of,
    note_as_listed,
    put_on_the_list,
    standing,
)
from consultations.reviews.models import CommitmentReview
from consultations.roadmap.delivery.models import Milestone, Reading
from consultations.roadmap.models import EvidenceLink, RoadmapPage
from consultations.roadmap.voices import acts_behind
from partnership.pages.access import open_to_all

Says = dict[str, Any]


class Seen(NamedTuple):
    """Something a public promise delivered, as it stands now."""

    commitment: int
    kind: DeliveryKind
    subject: str
    says: Says

    @property
    def key(self) -> tuple[int, str]:
        """What stays the same while it is corrected."""
        return self.commitment, self.subject


def watch_deliveries() -> None:
    """Note what is new of what promises deliver, and list who hears of what has stood an hour.

    Safe to run twice and at the same time, as ``watch`` is.
    """
    now = timezone.now()
    _note_changes(now)
    for steps in standing(DeliveryStep.objects.settling(), now):
        for step in steps:
            _list_people(step)
        note_as_listed(steps, now)


def know_deliveries() -> None:
    """Take everything that readers find already as told."""
    known = set(DeliveryStep.objects.values_list("commitment", "subject"))
    _keep((seen for seen in everything_delivered() if seen.key not in known), timezone.now())


def everything_delivered() -> Iterator[Seen]:
    """What readers find; one query for each kind.

    A reading is the same while its indicator, day and city are: one that is deleted and typed
    anew is not told again.
    """
    for milestone in Milestone.objects.filter(**_public("commitment__roadmap__")).order_by("pk"):
        yield Seen(
            milestone.commitment_id,
            DeliveryKind.MILESTONE,
            f"milestone:{milestone.pk}",
            {"planned_on": _day(milestone.planned_on), "reached_on": _day(milestone.reached_on)},
        )
    readings = Reading.objects.filter(**_public("indicator__commitment__roadmap__"))
    for reading in readings.select_related("indicator").order_by("pk"):
        yield Seen(
            reading.indicator.commitment_id,
            DeliveryKind.READING,
            f"reading:{reading.indicator_id}:{reading.read_on}:{reading.city_id}",
            {"value": str(reading.value)},
        )
    verdicts = CommitmentReview.objects.filter(**_public("review__roadmap__"))
    for row in verdicts.exclude(review__signed_at=None).order_by("pk"):
        subject = f"verdict:{row.review_id}"
        yield Seen(row.commitment_id, DeliveryKind.VERDICT, subject, {"verdict": row.verdict})


def _public(roadmap: str) -> dict[str, Any]:
    return {f"{roadmap}live": True, f"{roadmap}pk__in": _open_roadmaps()}


def _open_roadmaps() -> Any:
    return RoadmapPage.objects.filter(open_to_all()).values("pk")


def is_news(kind: str, said: Says | None, says: Says) -> bool:
    """Whether somebody hears of it: not of plans, of earlier days, or of a corrected figure."""
    if kind != DeliveryKind.MILESTONE:
        return said is None
    if says["reached_on"]:
        return said is None or not said["reached_on"]
    return said is not None and not said["reached_on"] and says["planned_on"] > said["planned_on"]


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


# Noticing ----------------------------------------------------------------------------------


def _note_changes(now: datetime) -> None:
    told = {(step.commitment_id, step.subject): step for step in DeliveryStep.objects.told()}
    settling = {
        (step.commitment_id, step.subject): step for step in DeliveryStep.objects.settling()
    }
    known = [
        seen
        for seen in everything_delivered()
        if _note(seen, told.get(seen.key), settling.pop(seen.key, None), now)
    ]
    _keep(known, now)
    # Taken down again before it was told, or deleted meanwhile.
    _drop(*settling.values())


def _note(
    seen: Seen, told: DeliveryStep | None, settling: DeliveryStep | None, now: datetime
) -> bool:
    """Begin, begin anew or take back the step that settles; True for what is known at once."""
    said = told.says if told else None
    if said == seen.says or not is_news(seen.kind, said, seen.says):
        _drop(*([settling] if settling else ()))
        return said != seen.says
    if settling is None:
        step = DeliveryStep(**_columns(seen), said=said, noticed_at=now)
        DeliveryStep.objects.bulk_create([step], ignore_conflicts=True)
    elif settling.says != seen.says:
        mine = DeliveryStep.objects.settling().filter(pk=settling.pk)
        mine.update(says=seen.says, said=said, noticed_at=now)
    return False


def _keep(known: Any, now: datetime) -> None:
    DeliveryStep.objects.bulk_create(
        DeliveryStep(**_columns(seen), noticed_at=now, listed_at=now) for seen in known
    )


def _columns(seen: Seen) -> dict[str, Any]:
    commitment, kind, subject, says = seen
    return {"commitment_id": commitment, "kind": kind, "subject": subject, "says": says}


def _drop(*steps: DeliveryStep) -> None:
    if steps:
        DeliveryStep.objects.settling().filter(pk__in=[step.pk for step in steps]).delete()


# Listing -----------------------------------------------------------------------------------


def _list_people(step: DeliveryStep) -> None:
    """Write a notice for everybody behind the promise; again does no harm."""
    links = EvidenceLink.objects.public().filter(commitment=step.commitment_id)
    for consultation_id in consultations_of(links):
        people = behind(acts_behind(links.about(consultation_id)))
        put_on_the_list(people, consultation_id, MailKind.DELIVERIES, step)
