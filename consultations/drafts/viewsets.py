"""Draft texts in the admin."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn

from consultations.drafts.forms import DraftForm
from consultations.drafts.models import DraftText
from consultations.drafts.refusals import DraftIsPublished
from consultations.drafts.services import begin_next_version
from partnership.pages.huge_numbers import key_in
from partnership.pages.own_city import EditOwn, OfOwnPage, OwnList, OwnViewSet
from partnership.pages.panels import LanguagesPanel, side_by_side
from partnership.pages.still_used import RefusesToDelete
from partnership.pages.two_hands.views import AddThing
from partnership.refusals import Refused

PANELS = (
    LanguagesPanel(),
    FieldPanel("consultation", widget=Select),
    side_by_side("title", heading=_("title")),
    side_by_side("introduction", heading=_("introduction")),
    InlinePanel("paragraphs", heading=_("Paragraphs"), label=_("paragraph")),
    FieldPanel("is_published"),
)


class AddDraft(AddThing):
    """Begins a text; the consultation one came from is chosen already."""

    def get_initial_form_instance(self) -> DraftText:
        return DraftText(consultation_id=key_in(self.request.GET.get("consultation", "")))


class EditDraft(EditOwn):
    """Writes a version; of one that readers see, shows it and begins the next."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft = self.get_object()
        if not draft.is_published:
            return super().get(request, *args, **kwargs)
        return self._show_published(draft)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft = self.get_object()
        if not draft.is_published:
            return super().post(request, *args, **kwargs)
        if "next_version" not in request.POST:
            return self._show_again(super().post(request, *args, **kwargs))
        try:
            return redirect("draft_texts:edit", begin_next_version(draft).pk)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self._show_published(draft, status=422)

    def _show_again(self, refused: HttpResponse) -> HttpResponse:
        """What was written while somebody published it: the form refuses it, and keeps it."""
        if refused.status_code == HTTPStatus.OK:
            refused.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return refused

    def _show_published(self, draft: DraftText, status: int = 200) -> HttpResponse:
        versions = DraftText.objects.filter(consultation=draft.consultation, number=draft.number)
        context = {
            "draft": draft,
            "page_title": str(draft),
            "header_icon": "doc-full",
            "later": versions.filter(version__gt=draft.version).order_by("version").first(),
        }
        return render(self.request, "drafts/admin/published.html", context, status=status)


class DeleteDraft(OfOwnPage, RefusesToDelete):
    """Gives up a version that no reader has seen."""

    def reason(self) -> str:
        return str(DraftIsPublished()) if self.object.is_published else ""


class DraftList(OwnList):
    """Versions of draft texts that this editor may change."""

    def get_base_queryset(self) -> QuerySet:
        rows = super().get_base_queryset()
        return rows.order_by("-consultation__opens_at", "number", "-version")


class DraftViewSet(OwnViewSet):
    """What the cities put before residents to comment on."""

    model = DraftText
    name = "draft_texts"
    icon = "doc-full"
    menu_label = _("Draft texts")
    menu_name = "consultations.draft_texts"
    menu_order = 242
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    list_filter = ("is_published",)
    search_backend_name = None
    index_view_class = DraftList
    add_view_class = AddDraft
    edit_view_class = EditDraft
    delete_view_class = DeleteDraft
    list_display = (
        TitleColumn("title", label=_("Draft text"), accessor=str, url_name="draft_texts:edit"),
        Column("consultation", label=_("Consultation"), accessor="consultation.title"),
        BooleanColumn("is_published", label=_("Published")),
    )

    @cached_property
    def _edit_handler(self) -> Any:
        return ObjectList(PANELS, base_form_class=DraftForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form, with the languages beside each other."""
        return self._edit_handler
