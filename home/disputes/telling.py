"""Write to the editors of a disagreement's cities when the last day of its step is near."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from consultations.reminders.late import staff_with
from home.committees.enums import StageKind
from home.disputes.models import DisputeStep
from partnership.outbox.services import post
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
    )
    return mail.created_at >= began
