"""Disagreements that stand at a step for longer than was agreed."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.disputes.models import DisputeStep
from partnership.continuity import Check, Concern


def steps_overdue(today: date) -> Iterator[Concern]:
    """Steps whose last day has passed, for the cities in it, and in words that tell no matter.

    They reach the command, mails and the handover pack, where nobody asks who may know it.
    """
    words = _(
        "A disagreement (No. %(number)s) is at its step “%(step)s” since %(since)s; its last day"
        " was %(day)s."
    )
    ahead = _(
        "A disagreement (No. %(number)s) is at its step “%(step)s” since %(since)s; its last day"
        " is %(day)s."
    )
    for step in DisputeStep.objects.overdue(today).prefetch_related("dispute__cities"):
        known = {
            "number": step.dispute_id,
            "step": step,
            "since": date_format(step.entered_on, "DATE_FORMAT"),
            "day": date_format(step.due_on, "DATE_FORMAT"),
        }
        yield Concern(
            words=words % known,
            ahead=ahead % known,
            edit_url=reverse("disputes:way", args=(step.dispute_id,)),
            due=step.due_on,
            cities=tuple(step.dispute.cities.all()),
        )


CHECK = Check(
    name="disputes.steps",
    heading=gettext_lazy("Disagreements past their day"),
    find=steps_overdue,
)
