"""A step of the review workflow for each city, and one city's answer to it."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, Task, TaskState, WorkflowState
from wagtail.models.workflows import BaseTaskStateManager
from wagtail.permissions import policy_registry
from wagtail.signals import task_submitted

from partnership.cities.models import City
from partnership.pages.models import BasePage
from partnership.people.models import Resident
from partnership.review.needs import cities_asked
from partnership.review.querysets import CityReviewQuerySet


class CityReview(TaskState):
    """What one city is asked about a page, and its answer."""

    cities = models.ManyToManyField(City, verbose_name=_("cities asked"), related_name="+")

    objects = BaseTaskStateManager.from_queryset(CityReviewQuerySet)()

    class Meta:
        verbose_name = _("review by a city")
        verbose_name_plural = _("reviews by a city")

    @property
    def page(self) -> BasePage:
        """The page as it is stored, of its own type."""
        return self.workflow_state.content_object.specific

    def reviewers(self) -> "models.QuerySet[Resident]":
        """Whoever edits this page's part of the tree and works for a city that is asked.

        An administrator, too, only with a city: a key belongs to a city hall, not to a role.
        """
        return editors_of(self.page, self.cities.all())

    def is_signed_by(self, editor: Resident, revision: Revision) -> bool:
        """Whether this person signed that version in this review already, for any city."""
        signed = self.workflow_state.task_states.filter(
            status=TaskState.STATUS_APPROVED, revision=revision, finished_by=editor
        )
        return signed.exists()


class CityReviewTask(Task):
    """The step at which an editor of the city, or of any partner city, signs a page."""

    city = models.OneToOneField(
        City,
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="review_task",
        help_text=_("Empty means any partner city, when only one city's page is reviewed."),
    )

    task_state_class = CityReview
    admin_form_fields = ("name", "city")
    admin_form_readonly_on_edit_fields = ("city",)

    class Meta:
        verbose_name = _("review by a city")
        verbose_name_plural = _("reviews by a city")

    @classmethod
    def get_description(cls) -> str:
        return str(_("An editor who works for the city signs the page"))

    def begun(self, workflow_state: WorkflowState) -> tuple[CityReview, list[City]]:
        """Return what the city would be asked now, not stored, and the cities that are asked.

        A city that has no part in it is passed over. Whoever sends a page to review has signed
        for their own city by sending it, as long as the newest version is theirs.
        """
        page = workflow_state.content_object
        revision = page.get_latest_revision()
        asked = cities_asked(self.city, (page.specific, revision.as_object()))
        review = CityReview(workflow_state=workflow_state, task=self, revision=revision)
        sender = workflow_state.requested_by
        if not asked:
            review.status, review.finished_at = TaskState.STATUS_SKIPPED, timezone.now()
        elif sender and _signs_by_sending(review, sender, asked):
            review.status, review.finished_at = TaskState.STATUS_APPROVED, timezone.now()
            review.finished_by = sender
        return review, asked

    def start(self, workflow_state: WorkflowState, user: Any = None) -> CityReview:
        """Ask the city, if there is something to ask."""
        review, asked = self.begun(workflow_state)
        review.save()
        review.cities.set(asked)
        if review.status == TaskState.STATUS_IN_PROGRESS:
            task_submitted.send(sender=CityReview, instance=review, user=user)
        return review

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """None of Wagtail's buttons: a city decides where it sees what has changed.

        Wagtail's own doors let every superuser through, and take a signature for a version
        that nobody saw.
        """
        return []


def editors_of(page: BasePage, cities: Any) -> "models.QuerySet[Resident]":
    """Return who may change pages there and works for one of the cities."""
    policy = policy_registry.get_by_type(BasePage)
    editors = policy.users_with_permission_for_instance("change", page)
    return editors.filter(edits_for__in=cities).distinct()


def _signs_by_sending(review: CityReview, sender: Resident, asked: list[City]) -> bool:
    is_theirs = review.revision.user_id == sender.pk
    return (
        is_theirs
        and editors_of(review.page, asked).filter(pk=sender.pk).exists()
        and not review.is_signed_by(sender, review.revision)
    )
