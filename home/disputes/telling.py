"""Write to the editors of a disagreement's cities: of each step, and when its last day is near."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from consultations.reminders.late import staff_with
from home.committees.enums import StageKind
from home.disputes.models import Dispute, DisputeStep
from partnership.cities.models import City
from partnership.outbox.services import post
from partnership.outbox.waking import hour_for
from partnership.pages.languages import known_or_default
from partnership.people.models import Resident

PERMISSION = "disputes.change_dispute"
DAYS_BEFORE = 3


def remind_of_deadlines() -> int:
    """Tell each editor once of each last day; safe twice and at the same time.

    Of the matter the mail says nothing, whatever readers see of it. Returns how many mails were
    written.
    """
    near = DisputeStep.objects.due_within(DAYS_BEFORE, timezone.localdate())
    steps = near.prefetch_related("dispute__cities")
    return sum(
        _write(step, reader)
        for step in steps
        for reader in staff_with(PERMISSION, step.dispute.cities.all())
    )


def tell_editors(dispute: Dispute, step: DisputeStep | None, *, by: Resident, city: City) -> None:
    """Tell everybody else who looks after it that it was raised, moved on or, without step, ended.

    ``by`` and ``city`` are who did it. Of the matter the mails say nothing either.
    """
    began = step is not None and step.entered_on == dispute.raised_on and not _was_left(dispute)
    occasion = "ended" if step is None else ("raised" if began else "moved")
    screen = reverse("disputes:way", args=(dispute.pk,))
    for reader in staff_with(PERMISSION, dispute.cities.all()).exclude(pk=by.pk):
        with translation.override(known_or_default(reader.language_code)):
            context = {"city_name": str(city), "stage": str(step or "")}
        post(
            "staff_dispute_moved",
            to=reader.email,
            language_code=reader.language_code,
            template="dispute_moved",
            context={
                **context,
                "name": reader.get_short_name(),
                "number": dispute.pk,
                "occasion": occasion,
                "day": step.due_on if step else None,
                "url": f"{settings.BASE_URL}{screen}",
            },
        )


def _was_left(dispute: Dispute) -> bool:
    return dispute.steps.exclude(left_at=None).exists()


@transaction.atomic
def _write(step: DisputeStep, reader: Resident) -> bool:
    began = timezone.now()
    screen = reverse("disputes:way", args=(step.dispute_id,))
    mail = post(
        "staff_dispute_deadline",
        to=reader.email,
        language_code=reader.language_code,
        template="dispute_deadline",
        context={
            "name": reader.get_short_name(),
            "number": step.dispute_id,
            "stage": StageKind(step.stage).label,
            "day": step.due_on,
            "url": f"{settings.BASE_URL}{screen}",
        },
        dedup_key=f"staff_dispute_deadline:{step.pk}:{step.due_on}:{reader.pk}",
        not_before=hour_for(reader.city),
    )
    return mail.created_at >= began
