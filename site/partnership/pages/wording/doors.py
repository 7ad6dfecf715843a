"""The admin's ways of publishing, each of which says what the gate refuses and loses nothing."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.models import get_page_models

from partnership.pages.faults import MOST, Fault, faults_of
from partnership.pages.fixed_names import fix_names
from partnership.pages.overview.side_panel import LanguagesSidePanel
from partnership.pages.wording.gate import NotReady

if TYPE_CHECKING:
    from wagtail.admin.views.pages.edit import EditView as Screen
else:
    Screen = object  # mixed into the screens of new pages, of pages, and of older versions


#: Said where a page was made or saved beside it between reading the form and saving it.
COLLIDED = _("Somebody has just saved the same. Look at it again.")


class PastTheGate(Screen):
    """An editing screen that says when the gate refuses, and what it let through with a warning."""

    def get_side_panels(self) -> MediaContainer:
        """Wagtail's own, and how the languages stand, whichever tab is open."""
        panels = list(super().get_side_panels())
        own = LanguagesSidePanel(self.page, self.request)
        return MediaContainer([*panels[:1], own, *panels[1:]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        fix_names(self.edit_handler)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        is_draft = form.is_deferred_validation
        warned = [] if is_draft else form.open_problems
        words = [] if is_draft else form.warnings
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
        except NotReady as refusal:
            messages.error(self.request, refusal.on_screen)
            self.has_unsaved_changes = True
            return self.render_to_response(self.get_context_data())
        except ValidationError as taken:  # since the form was read: an address, most of all
            return self._collided(form, taken)
        except IntegrityError:
            return self._collided(form, COLLIDED)
        if warned:
            reasons = "; ".join(dict.fromkeys(problem.in_a_list for problem in warned))
            text = _("This is not ready in every language yet: %(reasons)s.")
            messages.warning(self.request, text % {"reasons": reasons})
        for sentence in words:
            messages.warning(self.request, sentence)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again, and say at its top where the faults are, whichever tab is open."""
        response = super().form_invalid(form)
        found = self._faults
        if found and not self.expects_json_response:
            shown = {"faults": found[:MOST], "more": len(found[MOST:])}
            messages.warning(self.request, render_to_string("pages/admin/faults.html", shown))
        return response

    def json_error_response(self, error_code: str, error_message: Any) -> HttpResponse:
        """Say what keeps a form from being saved by itself, whose screen does not change."""
        if error_code == "validation_error" and self._faults:
            names = ", ".join(fault.name for fault in self._faults[:MOST])
            error_message = gettext("Nothing is saved by itself until this is mended: %(fields)s.")
            error_message %= {"fields": names}
        response: HttpResponse = super().json_error_response(error_code, error_message)
        return response

    @property
    def _faults(self) -> list[Fault]:
        return faults_of(self.form, self.edit_handler)

    def _collided(self, form: Any, reason: Any) -> HttpResponse:
        """Show the form again to whoever was slower by a moment, with all that was typed."""
        errors = getattr(reason, "error_dict", {})
        if errors.keys() <= form.fields.keys():
            form.add_error(None, reason)
        else:
            form.add_error(None, getattr(reason, "messages", reason))
        form.restore_required_fields()
        return self.form_invalid(form)


class CreatePage(PastTheGate, CreateView):
    """A new page."""


class EditPage(PastTheGate, EditView):
    """An existing page."""


class BringBackVersion(PastTheGate, RevisionsRevertView):
    """An older version of a page, to be saved as the newest."""


class DraftCopyForm(CopyForm):
    """Copies start as drafts, so nobody is asked whether to publish them.

    Nor is an alias offered of what people take part in, or of a branch that holds such a page.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("publish_copies", None)
        alone = [kind for kind in get_page_models() if not getattr(kind, "can_be_mirrored", True)]
        if self.page.get_descendants(inclusive=True).type(*alone).exists():
            self.fields.pop("alias", None)


class CopyPage(CopyView):
    """A copy is a draft; an alias is live at once, so it has to pass the gate."""

    def get_form_class(self) -> type[CopyForm]:
        return DraftCopyForm

    def form_valid(self, form: CopyForm) -> HttpResponse:
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
        except NotReady as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return response


class PublishWhatIsReady(PublishBulkAction):
    """Publishes the pages that are ready, and names those that are not."""

    def get_execution_context(self) -> dict[str, Any]:
        self.refusals: list[str] = []
        return {**super().get_execution_context(), "refusals": self.refusals}

    @classmethod
    def execute_action(
        cls,
        objects: Any,
        include_descendants: bool = False,
        user: Any = None,
        refusals: list[str] | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        refused: list[str] = [] if refusals is None else refusals
        drafts = [
            draft
            for page in (objects if include_descendants else ())
            for draft in page.get_descendants().not_live().specific()
            if user is None or draft.permissions_for_user(user).can_publish()
        ]
        return (
            sum(_publish(page.specific, user, refused) for page in objects),
            sum(_publish(draft, user, refused) for draft in drafts),
        )

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        for refusal in self.refusals:
            messages.error(self.request, refusal)
        if not num_parent_objects + num_child_objects:
            return None
        said: str = super().get_success_message(num_parent_objects, num_child_objects)
        return said


def _publish(page: Any, user: Any, refused: list[str]) -> bool:
    """Publish the newest version; when the gate refuses, note why and go on."""
    try:
        with transaction.atomic():
            revision = page.get_latest_revision() or page.save_revision(user=user)
            revision.publish(user=user)
    except NotReady as refusal:
        title = page.get_admin_display_title()
        refused.append(format_html("{}: {}", title, refusal.on_screen))
        return False
    return True
