"""Answers that were promised by a day that is over."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.reminders.late import unanswered
from partnership.continuity import Check, Concern


def find(today: date) -> Iterator[Concern]:
    """Yield closed consultations whose promised day has passed without an answer; two queries."""
    closed = unanswered(datetime.combine(today, time.min, tzinfo=UTC))
    late = closed.filter(hear_back_on__lt=today).order_by("hear_back_on", "pk")
    for page in late.prefetch_related("cities"):
        yield Concern(
            words=_("The cities have not answered “%(consultation)s”.")
            % {"consultation": page.title},
            ahead=_("The cities promised an answer to “%(consultation)s”.")
            % {"consultation": page.title},
            edit_url=reverse("answer_sheet", args=(page.pk,)),
            due=page.hear_back_on,
            cities=tuple(page.cities.all()),
        )


CHECK = Check(
    name="consultations.answered", heading=gettext_lazy("Promised answers that are late"), find=find
)
