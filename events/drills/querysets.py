"""Which items, reviews and actions."""

from datetime import date, timedelta
from typing import Any, Self

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from events.drills.enums import ActionState, ObservationKind
from partnership.pages.access import open_to_all

#: So long what went badly may wait for a corrective action or a lesson.
FOLLOWED_WITHIN = timedelta(days=30)


class OwnCityQuerySet(QuerySet):
    """Rows that hang on a drill, by the path ``to_drill``."""

    to_drill = "drill"

    def editable_by(self, user: Any) -> Self:
        """At a drill of a city the editor works for, or at a joint one."""
        if user.is_superuser:
            return self
        cities = f"{self.to_drill}__cities"
        own = Q(**{f"{cities}__in": user.edits_for.all()}) | Q(**{cities: None})
        found = self.model._default_manager.filter(own)
        return self.filter(pk__in=found.order_by().values("pk"))


class DrillItemQuerySet(OwnCityQuerySet):
    """Reads as a sentence: ``drill.items.done()``."""

    def done(self) -> Self:
        """Ticked."""
        return self.exclude(done_at=None)

    def progress(self) -> dict[str, int]:
        """Return how many there are (``total``) and how many are ticked (``done``)."""
        return self.aggregate(total=Count("pk"), done=Count("done_at"))


class ReviewQuerySet(OwnCityQuerySet):
    """After-action reviews."""

    def published(self) -> Self:
        """Readers may see them."""
        return self.filter(is_published=True)


class ObservationQuerySet(OwnCityQuerySet):
    """What was seen at drills."""

    to_drill = "review__drill"

    def public(self) -> Self:
        """Of published reviews of drills that every reader may open, each with its drill."""
        drill = self.to_drill
        public = {"review__is_published": True, f"{drill}__live": True}
        return self.filter(open_to_all(f"{drill}__"), **public).select_related(drill)

    def knowing_what_became(self) -> Self:
        """Add ``became_lessons`` and ``moved_risks``: whether there are any.

        If only for its editors.
        """
        lessons: Any = self.model._meta.get_field("lessons").related_model
        ratings: Any = self.model._meta.get_field("riskratings").related_model
        return self.annotate(
            became_lessons=Exists(lessons.objects.filter(observation=OuterRef("pk"))),
            moved_risks=Exists(ratings.objects.filter(observation=OuterRef("pk"))),
        )

    def not_followed(self, today: date) -> Self:
        """What went badly long ago, and neither a corrective action nor a lesson came of it."""
        long_ago = today - FOLLOWED_WITHIN
        badly = {"kind": ObservationKind.IMPROVEMENT, "review__held_on__lt": long_ago}
        return self.filter(actions=None, lessons=None, **badly)


class ActionQuerySet(OwnCityQuerySet):
    """Corrective actions."""

    to_drill = "observation__review__drill"

    def overdue(self, today: date) -> Self:
        """Not closed although their day is over."""
        still_open = (ActionState.OPEN, ActionState.IN_PROGRESS)
        return self.filter(state__in=still_open, due_on__lt=today)
