"""Promises whose day is over."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.roadmap.models import Commitment
from partnership import continuity
from partnership.continuity import Check, Concern


def late_promises(today: date) -> Iterator[Concern]:
    """Promises of published roadmaps that are past due and not finished."""
    late = Commitment.objects.filter(roadmap__live=True).late(today).prefetch_related("led_by")
    for promise in late.in_order():
        words = {"promise": promise.title, "day": date_format(promise.due_on, "DATE_FORMAT")}
        yield Concern(
            words=_("“%(promise)s” was due on %(day)s.") % words,
            due=promise.due_on,
            edit_url=reverse("commitments:edit", args=(promise.pk,)),
            cities=tuple(promise.led_by.all()),
        )


def register() -> None:
    """Ask for late promises."""
    check = Check(
        name="commitments.kept", heading=gettext_lazy("Promises that are late"), find=late_promises
    )
    continuity.register(check, order=20)
