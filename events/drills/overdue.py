"""Drills that nobody has reviewed, and what was to be corrected or learned after them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.drills.models import REVIEW_WITHIN, CorrectiveAction, Observation
from events.drills.presenting import review_due_on
from events.drills.querysets import FOLLOWED_WITHIN
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
        yield Concern(
            words=_("“%(drill)s” has no published review.") % {"drill": drill.title},
            ahead=_("The review of “%(drill)s” is to be published.") % {"drill": drill.title},
            due=due,
            edit_url=reverse("after_action_reviews:edit", args=(review.pk,))
            if review
            else f"{reverse('after_action_reviews:add')}?drill={drill.pk}",
            cities=tuple(drill.cities.all()),
        )


def observations_to_follow(today: date) -> Iterator[Concern]:
    """What went badly at a drill, with neither a corrective action nor a lesson after 30 days."""
    seen = Observation.objects.not_followed(today).select_related("review__drill")
    fetched = seen.prefetch_related("review__drill__cities")
    for each in fetched.order_by("review__held_on", "review", "sort_order", "pk"):
        review, add = each.review, reverse("corrective_actions:add")
        words = {"drill": review.drill.title, "observation": each}
        yield Concern(
            words=_("Seen at “%(drill)s”, and nothing followed: %(observation)s") % words,
            ahead=_("Seen at “%(drill)s”, say what follows: %(observation)s") % words,
            due=review.held_on + FOLLOWED_WITHIN,
            edit_url=f"{add}?observation={each.pk}",
            cities=tuple(review.drill.cities.all()),
        )


def late_actions(today: date) -> Iterator[Concern]:
    """Corrective actions that are not closed although their day is over."""
    late = CorrectiveAction.objects.overdue(today).select_related("city")
    for action in late:
        words = {"action": action, "day": date_format(action.due_on, "DATE_FORMAT")}
        yield Concern(
            words=_("Was to be corrected by %(day)s: %(action)s") % words,
            ahead=_("To be corrected by %(day)s: %(action)s") % words,
            due=action.due_on,
            edit_url=reverse("corrective_actions:edit", args=(action.pk,)),
            cities=(action.city,),
        )


def register() -> None:
    """Ask for all of it."""
    review = Check(
        name="drills.reviewed",
        heading=gettext_lazy("Drills to review"),
        find=drills_to_review,
    )
    followed = Check(
        name="drills.followed",
        heading=gettext_lazy("What went badly at drills and nothing followed"),
        find=observations_to_follow,
    )
    actions = Check(
        name="drills.corrected",
        heading=gettext_lazy("Corrective actions that are late"),
        find=late_actions,
    )
    continuity.register(review, order=40)
    continuity.register(actions, order=41)
    continuity.register(followed, order=42)
