"""What the review screen shows: who has signed, what is new, how it will look."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import TaskState
from wagtail.permissions import policy_registry

from partnership.ledger.presenting import Step
from partnership.pages.comparing import Row, differences
from partnership.pages.models import BasePage
from partnership.people.models import Resident
from partnership.review.models import CityReview

LIVE, SIGNED = "live", "signed"
#: The sign of a step that asks nobody.
NO_PART = "minus"


def steps_of(review: CityReview) -> list[Step]:
    """Return every step of the review and how far it is for the newest version.

    That of any partner is told only where there is one: on a page of several cities it is none.
    """
    tasks = review.workflow_state.workflow.tasks
    newest = review.page.latest_revision_id
    answers: dict[int, TaskState] = {}
    states = review.workflow_state.task_states.select_related("finished_by")
    for state in states.order_by("started_at", "pk"):
        answers[state.task_id] = state
    steps = [
        _step(task.name, answers[task.pk], newest)
        if task.pk in answers
        else _step_to_come(task.specific.begun(review.workflow_state)[0])
        for task in tasks
    ]
    return [
        step
        for task, step in zip(tasks, steps, strict=True)
        if step.icon != NO_PART or task.specific.city_id is not None
    ]


def _step_to_come(review: CityReview) -> Step:
    """What is known already of a city whose turn has not come."""
    name = review.task.name
    if review.status == TaskState.STATUS_APPROVED:
        signed = (review.finished_by, review.workflow_state.created_at)
        return Step(name, _("Has signed by sending it"), "check", *signed)
    if review.status == TaskState.STATUS_SKIPPED:
        return Step(name, _("Has no part in this page"), NO_PART)
    return Step(name, _("Not asked yet"), "time")


def _step(name: str, answer: TaskState, newest: int) -> Step:
    if answer.status == TaskState.STATUS_SKIPPED:
        return Step(name, _("Has no part in this page"), NO_PART)
    if answer.status == TaskState.STATUS_IN_PROGRESS:
        return Step(name, _("Is asked now"), "edit")
    if answer.revision_id != newest:
        return Step(name, _("Has to read it again: it was changed since"), "rotate")
    signed = (answer.finished_by, answer.finished_at, answer.comment)
    return Step(name, _("Has signed"), "check", *signed)


def version_signed_before(review: CityReview) -> BasePage | None:
    """Return what this city signed last in the same review, before somebody changed it."""
    earlier = review.workflow_state.task_states.filter(
        task=review.task_id, status=TaskState.STATUS_APPROVED
    ).exclude(revision=review.page.latest_revision_id)
    signed = earlier.select_related("revision").order_by("-finished_at").first()
    return signed.revision.as_object() if signed else None


def what_is_new(
    review: CityReview, draft: BasePage, request: HttpRequest
) -> tuple[str, list[Row], bool]:
    """Return against what the draft is compared, the differences, and if there is a choice.

    A city that has signed an earlier version is shown what was changed since; otherwise the
    draft stands against the published page, or against an empty one.
    """
    signed = version_signed_before(review)
    wanted = request.GET.get("since", SIGNED)
    if signed is not None and wanted != LIVE:
        return SIGNED, differences(signed, draft, request), True
    page = review.page
    before = page if page.live else type(page)()
    return LIVE if page.live else "", differences(before, draft, request), signed is not None


def previews_of(draft: BasePage) -> list[dict[str, Any]]:
    """Return every way of looking at the draft: each language, each mail in each language."""
    return [{"mode": mode, "label": label} for mode, label in draft.preview_modes]


def waiting_for(editor: Resident) -> list[dict[str, Any]]:
    """Return the pages that wait for a city of this editor: title, author, since when, city."""
    if not policy_registry.get_by_type(BasePage).user_has_permission(editor, "change"):
        return []
    reviews = (
        CityReview.objects.waiting()
        .for_editor(editor)
        .select_related("task", "workflow_state__requested_by", "revision")
        .order_by("started_at", "pk")
    )
    pages = BasePage.objects.in_bulk([int(each.workflow_state.object_id) for each in reviews])
    return [
        {
            "page": pages[int(review.workflow_state.object_id)],
            "city": review.task.name,
            "author": review.workflow_state.requested_by,
            "since": review.started_at,
        }
        for review in reviews
        if int(review.workflow_state.object_id) in pages
    ]
