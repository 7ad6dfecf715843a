"""Which disagreements, which of their steps, and which changes of them."""

from datetime import date, timedelta
from typing import Any, Self

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from consultations.roadmap.promises.enums import ChangeState
from home.disputes.enums import Confidentiality


class DisputeQuerySet(QuerySet):
    """Reads as a sentence: ``Dispute.objects.public().with_way()``."""

    def public(self) -> Self:
        """Those of which every reader may know that they exist."""
        return self.exclude(confidentiality=Confidentiality.CLOSED)

    def told(self) -> Self:
        """Those of which every reader may know everything."""
        return self.filter(confidentiality=Confidentiality.OPEN)

    def of_editor(self, editor: Any) -> Self:
        """Those of a city this person works for; an administrator is no exception."""
        named: Any = self.model._meta.get_field("cities")
        rows = named.remote_field.through._default_manager
        own = rows.filter(city__in=editor.edits_for.values("pk"))
        return self.filter(pk__in=own.values("dispute"))

    def with_way(self) -> Self:
        """Fetch the cities and the steps, each with its extensions; three queries."""
        steps: Any = self.model._meta.get_field("steps").related_model
        changes: Any = self.model._meta.get_field("changes").related_model
        extensions = Prefetch(
            "changes", queryset=changes._default_manager.made(), to_attr="extensions"
        )
        way = steps._default_manager.select_related("left_by").prefetch_related(extensions)
        return self.select_related("raised_by").prefetch_related(
            "cities", Prefetch("steps", queryset=way)
        )

    def most_urgent_first(self) -> Self:
        """Those under way by the last day of their step, then those that are over."""
        steps: Any = self.model._meta.get_field("steps").related_model
        now = steps._default_manager.current().with_due_day().filter(dispute=OuterRef("pk"))
        found = self.annotate(due=Subquery(now.values("due")[:1]))
        return found.order_by(
            F("settled_at").desc(nulls_first=True), F("due").asc(nulls_last=True), "pk"
        )


class DisputeStepQuerySet(QuerySet):
    """Reads as a sentence: ``DisputeStep.objects.current().overdue(today)``."""

    def current(self) -> Self:
        """Those that disagreements are at."""
        return self.filter(left_at=None)

    def with_due_day(self) -> Self:
        """Add ``due``, the last day."""
        return self.annotate(due=Coalesce("extended_to", "deadline"))

    def overdue(self, today: date) -> Self:
        """Those whose last day has passed, the longest ago first."""
        return self.current().with_due_day().filter(due__lt=today).order_by("due", "pk")

    def due_within(self, days: int, today: date) -> Self:
        """Those whose last day is one of the days to come."""
        until = today + timedelta(days=days)
        return self.current().with_due_day().filter(due__range=(today, until)).order_by("pk")


class DisputeChangeQuerySet(QuerySet):
    """What the cities are asked to sign about disagreements."""

    def waiting(self) -> Self:
        """What some city has not signed yet; one of a disagreement at most."""
        return self.filter(state=ChangeState.WAITING)

    def made(self) -> Self:
        """What every city has signed, in that order."""
        return self.filter(state=ChangeState.MADE).order_by("settled_at", "pk")
