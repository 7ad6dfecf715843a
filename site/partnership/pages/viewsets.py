"""The editors' lists and doors of pages: whose page each is, in which languages it is written."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.revisions import RevisionsCompareView
from wagtail.admin.views.pages.workflow import (
    CollectWorkflowActionDataView,
    ConfirmWorkflowCancellationView,
    PreviewRevisionForTaskView,
    WorkflowActionView,
)
from wagtail.admin.viewsets.pages import PageViewSet

from partnership.pages.comparing import Row, differences, language_columns
from partnership.pages.models import BasePage
from partnership.pages.overview.columns import LanguagesColumn
from partnership.pages.permissions import city_keys
from partnership.pages.wording.doors import BringBackVersion, CopyPage, CreatePage, EditPage
from partnership.refusals import Refused, sentences_of


class CitiesColumn(Column):
    """Whose page it is; the same number of queries for any number of rows."""

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        names = city_keys(parent_context["request"].user).names_of(instance)
        context["value"] = ", ".join(names) or _("All cities")
        return context


COLUMNS = (
    CitiesColumn("cities", label=_("Cities"), width="9%"),
    LanguagesColumn("languages", label=_("Languages"), width="12%"),
)


class ExplorerView(ExplorableIndexView):
    """Wagtail's explorer with two columns of ours before the status."""

    base_columns = (
        *ExplorableIndexView.base_columns[:-1],
        *COLUMNS,
        ExplorableIndexView.base_columns[-1],
    )

    def get_side_panels(self) -> MediaContainer:
        """Wagtail's, which does not lead to what its screen of usage refuses."""
        panels = super().get_side_panels()
        for panel in panels:
            if hasattr(panel, "usage_url") and not self.permissions.can_edit():
                panel.usage_url = ""
        return panels


class OnlyOwnPages:
    """A door of the review workflow that also asks whose page it is.

    Wagtail asks only whether the reviewer's group has the task, and takes any task's number
    with any page's.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page, task_state = self.object, getattr(self, "task_state", None)
        if not page.permissions_for_user(request.user).is_own_city:
            raise PermissionDenied
        if task_state and task_state.workflow_state.object_id != str(page.pk):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ActOnReview(OnlyOwnPages, WorkflowActionView):
    """Approve, or ask for changes; what may not be published stays under review."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except (Refused, ValidationError) as refusal:
            for sentence in sentences_of(refusal):
                messages.error(request, sentence)
            return redirect("wagtailadmin_pages:edit", self.object.pk)


class CommentOnReview(OnlyOwnPages, CollectWorkflowActionDataView):
    """Collect what is said with an approval."""


class ConfirmEndOfReview(OnlyOwnPages, ConfirmWorkflowCancellationView):
    """Confirm that publishing ends the review."""


class PreviewForReview(OnlyOwnPages, PreviewRevisionForTaskView):
    """Show the draft under review."""


class CompareVersions(RevisionsCompareView):
    """Two versions of a page, a column for each language under its own name."""

    template_name = "pages/admin/compare.html"

    def _get_comparison(self, revision_a: Any, revision_b: Any) -> list[Row]:
        return differences(revision_a, revision_b, self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(languages=language_columns(), **kwargs)


class ConfirmMove(MoveConfirmView):
    """Wagtail asks on confirming only; the question itself shows the titles of both pages."""

    def dispatch(
        self, request: HttpRequest, page_to_move_id: int, destination_id: int, **kwargs: Any
    ) -> HttpResponse:
        page = get_object_or_404(BasePage, pk=page_to_move_id)
        destination = get_object_or_404(BasePage, pk=destination_id)
        permissions = page.permissions_for_user(request.user)
        if not (
            permissions.can_move() and destination.permissions_for_user(request.user).is_own_city
        ):
            raise PermissionDenied
        return super().dispatch(request, page_to_move_id, destination_id, **kwargs)


class CityPageViewSet(PageViewSet):
    """The views of every page; a page type with views of its own derives from this."""

    index_view_class = ExplorerView
    revisions_compare_view_class = CompareVersions
    add_view_class = CreatePage
    edit_view_class = EditPage
    revisions_revert_view_class = BringBackVersion
    copy_view_class = CopyPage
    move_confirm_view_class = ConfirmMove
    workflow_action_view_class = ActOnReview
    collect_workflow_action_data_view_class = CommentOnReview
    confirm_workflow_cancellation_view_class = ConfirmEndOfReview
    workflow_preview_view_class = PreviewForReview
