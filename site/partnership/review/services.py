"""Ship the workflow, sign for a city, ask for changes, tell whom it concerns."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import pre_save
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import (
    Task,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from partnership.cities.models import City
from partnership.outbox.services import post
from partnership.pages.languages import DEFAULT
from partnership.pages.models import BasePage
from partnership.people.models import Resident
from partnership.review import mail
from partnership.review.models import CityReview, CityReviewTask
from partnership.review.refusals import (
    NotYourCity,
    OnePersonOneCity,
    PageHasChanged,
    ReviewIsOver,
    SayWhatToChange,
)


@transaction.atomic
def ensure_review(page: BasePage) -> Workflow:
    """Have the page, and all below it, reviewed by every city; can be run at any time.

    A page that has a workflow already keeps it.
    """
    steps = CityReviewTask.objects.all()
    workflow = Workflow.objects.filter(workflow_tasks__task__in=steps).first()
    workflow = workflow or Workflow.objects.create(name="…")
    ensure_steps(workflow)
    WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})
    return workflow


def ensure_steps(workflow: Workflow) -> None:
    """Give the workflow a step for every city, and one for any partner when there are three.

    It is called by its cities' names, which need no translation.
    """
    cities = list(City.objects.all())
    with translation.override(DEFAULT):
        steps: list[tuple[City | None, str]] = [(city, str(city)) for city in cities]
        steps += [(None, _("A partner city"))] if len(cities) > 2 else []
        name = " + ".join(str(city) for city in cities)
    for position, (city, words) in enumerate(steps):
        task, _made = CityReviewTask.objects.get_or_create(city=city, defaults={"name": words})
        base = Task.objects.get(pk=task.pk)
        WorkflowTask.objects.get_or_create(
            workflow=workflow, task=base, defaults={"sort_order": position}
        )
    if workflow.name != name:
        Workflow.objects.filter(pk=workflow.pk).update(name=name)
        workflow.name = name


def keep_steps() -> None:
    """Give every review the cities that joined, and their names, as they are by now."""
    for workflow in _of_cities(Workflow.objects.all()):
        ensure_steps(workflow)


def _of_cities(workflows: QuerySet[Workflow]) -> QuerySet[Workflow]:
    return workflows.filter(workflow_tasks__task__in=CityReviewTask.objects.all()).distinct()


@transaction.atomic
def approve(review: CityReview, *, by: Resident, seen: str, comment: str = "") -> CityReview:
    """Sign the page for the city that is asked; the last signature publishes it.

    ``seen`` is the ``version_of`` what was on the screen. Locks the page, so that no edit
    comes between reading and publishing, then the review. Raises a refusal of this room, or
    whatever publishing raises; then nothing has happened.
    """
    page, review = _lock(review)
    latest = page.get_latest_revision()
    if seen != version_of(page):
        raise PageHasChanged
    if review.is_signed_by(by, latest):
        raise OnePersonOneCity
    if not review.reviewers().filter(pk=by.pk).exists():
        raise NotYourCity
    ensure_steps(review.workflow_state.workflow)  # a city that joined meanwhile reads it, too
    review.revision = latest
    review.approve(user=by, comment=comment)
    return review


@transaction.atomic
def ask_for_changes(review: CityReview, *, by: Resident, comment: str) -> CityReview:
    """Send the page back to its author with the reason; locks as ``approve`` does."""
    page, review = _lock(review)
    if not review.reviewers().filter(pk=by.pk).exists():
        raise NotYourCity
    if not comment.strip():
        raise SayWhatToChange
    review.revision = page.get_latest_revision()
    review.reject(user=by, comment=comment)
    return review


def version_of(page: BasePage) -> str:
    """Return what tells one state of the draft from another; autosave writes over revisions."""
    revision = page.get_latest_revision()
    return f"{revision.pk}:{revision.created_at.isoformat()}"


def _lock(review: CityReview) -> tuple[BasePage, CityReview]:
    state = WorkflowState.objects.get(pk=review.workflow_state_id)
    page = BasePage.objects.select_for_update(of=("self",)).get(pk=state.object_id)
    state = WorkflowState.objects.select_for_update(of=("self",)).get(pk=state.pk)
    locked = CityReview.objects.waiting().filter(pk=review.pk).first()
    if locked is None or state.current_task_state_id != locked.pk:
        raise ReviewIsOver
    return page, locked


# What Wagtail tells us ------------------------------------------------------------------


def listen() -> None:
    """Write our mails instead of Wagtail's, which know one language and leave at once."""
    kept_silent: tuple[tuple[Any, str], ...] = (
        (workflow_submitted, "workflow_state_submitted_email_notification"),
        (workflow_rejected, "workflow_state_rejected_email_notification"),
        (workflow_approved, "workflow_state_approved_email_notification"),
    )
    for signal, name in kept_silent:
        signal.disconnect(sender=WorkflowState, dispatch_uid=name)
    pre_save.connect(let_whoever_joined_read, sender=WorkflowState)
    task_submitted.connect(tell_reviewers, sender=CityReview)
    workflow_approved.connect(tell_author_of_publication, sender=WorkflowState)
    workflow_rejected.connect(tell_author_of_changes, sender=WorkflowState)


def let_whoever_joined_read(instance: WorkflowState, **_signal: Any) -> None:
    """Before a review begins: without its step the page of a new city would have no reader."""
    if instance._state.adding:
        for workflow in _of_cities(Workflow.objects.filter(pk=instance.workflow_id)):
            ensure_steps(workflow)


def tell_reviewers(instance: CityReview, user: Any, **kwargs: Any) -> None:
    """Write to the city's editors, each in their language; not to who is at it now."""
    for reader in instance.reviewers():
        if reader != user:
            post("review_asked", **mail.request_to_read(instance, reader))


def tell_author_of_publication(instance: WorkflowState, user: Any, **kwargs: Any) -> None:
    """Write to the author that every city has signed, unless they did so last."""
    if author := _author(instance, user):
        post("review_signed", **mail.publication(instance, author))


def tell_author_of_changes(instance: WorkflowState, user: Any, **kwargs: Any) -> None:
    """Write to the author what a city asks to be changed."""
    review = CityReview.objects.filter(
        pk=instance.current_task_state_id, status=TaskState.STATUS_REJECTED
    ).first()
    if review and (author := _author(instance, user)):
        post("review_changes", **mail.request_for_changes(review, author))


def _author(state: WorkflowState, acting: Any) -> Resident | None:
    author = state.requested_by
    is_told = author is not None and author.is_active and author != acting
    return author if is_told else None
