"""Drills that nobody has reviewed, and what was to be corrected after them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.drills.models import REVIEW_WITHIN, CorrectiveAction
from events.drills.presenting import review_due_on
from events.models import DrillPage
from events.reports.querysets import NOT_HAPPENED
from partnership import continuity
from partnership.continuity import Check, Concern


def drills_to_review(today: date) -> Iterator[Concern]:
    """Drills that were over 30 days ago, without a published review."""
    long_ago = datetime.combine(today, time.max, tzinfo=UTC) - REVIEW_WITHIN
    drills = DrillPage.objects.live().filter(ends_at__lte=long_ago)
    drills = drills.exclude(event_status__in=NOT_HAPPENED).exclude(review__is_published=True)
    fetched = drills.select_related("review").prefetch_related("cities").order_by("ends_at", "pk")
    for drill in fetched:
        if (due := review_due_on(drill)) >= today:
            continue
        review = getattr(drill, "review", None)
        screen = "after_action_reviews:edit" if review else "after_action_reviews:add"
        yield Concern(
            words=_("“%(drill)s” has no published review.") % {"drill": drill.title},
            due=due,
            edit_url=reverse(screen, args=(review.pk,) if review else ()),
            cities=tuple(drill.cities.all()),
        )


def late_actions(today: date) -> Iterator[Concern]:
    """Corrective actions that are not closed although their day is over."""
    late = CorrectiveAction.objects.overdue(today).select_related("city")
    for action in late:
        words = {"action": action, "day": date_format(action.due_on, "DATE_FORMAT")}
        yield Concern(
            words=_("Was to be corrected by %(day)s: %(action)s") % words,
            due=action.due_on,
            edit_url=reverse("corrective_actions:edit", args=(action.pk,)),
            cities=(action.city,),
        )


def register() -> None:
    """Ask for both."""
    review = Check(
        name="drills.reviewed",
        heading=gettext_lazy("Drills to review"),
        find=drills_to_review,
    )
    actions = Check(
        name="drills.corrected",
        heading=gettext_lazy("Corrective actions that are late"),
        find=late_actions,
    )
    continuity.register(review, order=40)
    continuity.register(actions, order=41)
