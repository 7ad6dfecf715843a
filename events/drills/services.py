"""Copy a checklist into a drill; tick its items; note who took a file."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.log_actions import log

from events.drills.models import Checklist, DrillItem
from events.drills.refusals import AlreadyTicked, ChangedMeanwhile
from events.models import DrillPage
from partnership.pages.languages import field_names
from partnership.serving import public_changed

#: In the admin's log, which says who has a file of corrective actions.
FILE_TAKEN = "drills.actions_taken"

COPIED = (*field_names("text"), *field_names("role"))


@transaction.atomic
def copy_checklist(checklist: Checklist, *, drill: DrillPage) -> list[DrillItem]:
    """Put the items of the checklist under those of the drill; return the new ones.

    The drill's row is locked, so that two people copying at once get every item once; an
    item that was copied before is left as it is.
    """
    DrillPage.objects.select_for_update(of=("self",)).get(pk=drill.pk)
    there = set(drill.items.exclude(source=None).values_list("source", flat=True))
    last = drill.items.aggregate(last=Max("number"))["last"] or 0
    missing = [item for item in checklist.items.all() if item.pk not in there]
    copies = [
        DrillItem(
            drill=drill,
            number=number,
            source=item,
            **{name: getattr(item, name) for name in COPIED},
        )
        for number, item in enumerate(missing, last + 1)
    ]
    DrillItem.objects.bulk_create(copies)
    public_changed()
    return copies


@transaction.atomic
def tick(item: DrillItem, *, by: Any) -> DrillItem:
    """Note who did it and when (compare and set); raise AlreadyTicked when somebody has."""
    ticked = DrillItem.objects.filter(pk=item.pk, done_at=None)
    if not ticked.update(done_at=timezone.now(), done_by=by):
        raise AlreadyTicked
    public_changed()
    item.refresh_from_db()
    return item


@transaction.atomic
def untick(item: DrillItem, *, seen: datetime | None) -> DrillItem:
    """Take back the tick that was ``seen`` (compare and set), or raise ChangedMeanwhile."""
    taken_back = DrillItem.objects.filter(pk=item.pk, done_at=seen).exclude(done_at=None)
    if not taken_back.update(done_at=None, done_by=None):
        raise ChangedMeanwhile
    public_changed()
    item.refresh_from_db()
    return item


def note_file_of_actions(*, by: Any) -> None:
    """Note in the admin's log that somebody took the corrective actions along as a file."""
    log(instance=by, action=FILE_TAKEN, user=by)
