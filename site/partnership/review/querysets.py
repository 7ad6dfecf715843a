"""Which reviews."""

from typing import Any, Self

from django.db.models import Exists, OuterRef, Subquery
from wagtail.models import Revision, TaskState, WorkflowState
from wagtail.models.workflows import TaskStateQuerySet


class CityReviewQuerySet(TaskStateQuerySet):
    """Reads as a sentence: ``CityReview.objects.waiting().for_editor(user)``."""

    def waiting(self) -> Self:
        """Neither answered nor called off."""
        return self.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        )

    def with_latest_version(self) -> Self:
        """With ``latest_version``: the id of the page's newest revision."""
        newest = Revision.objects.filter(
            base_content_type=OuterRef("workflow_state__base_content_type"),
            object_id=OuterRef("workflow_state__object_id"),
        ).order_by("-created_at", "-pk")
        return self.annotate(latest_version=Subquery(newest.values("pk")[:1]))

    def for_editor(self, editor: Any) -> Self:
        """Those a city of theirs is asked about, unless they signed for another one."""
        signed = TaskState.objects.filter(
            workflow_state=OuterRef("workflow_state"),
            revision=OuterRef("latest_version"),
            status=TaskState.STATUS_APPROVED,
            finished_by=editor,
        )
        asked = self.filter(cities__in=editor.edits_for.all()).values("pk")
        return self.filter(pk__in=asked).with_latest_version().exclude(Exists(signed))
