"""Closing reports in the admin."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, DateColumn, TitleColumn

from events.models import EventPage
from events.reports.forms import OpenReportForm, ReportForm
from events.reports.models import ClosingReport
from partnership.pages.huge_numbers import key_in
from partnership.pages.own_city import DeleteOwn, EditOwn, OwnList, OwnViewSet
from partnership.pages.panels import LanguagesPanel, side_by_side
from partnership.pages.still_used import RefusesToDelete
from partnership.pages.two_hands.views import AddThing

PANELS = (
    LanguagesPanel(),
    MultiFieldPanel(
        (
            HelpPanel(template="reports/admin/door.html"),
            FieldPanel("attendance"),
            side_by_side("organisations", heading=_("organisations that took part")),
        ),
        heading=_("Who took part"),
    ),
    side_by_side("summary", heading=_("what was said")),
    side_by_side("decisions", heading=_("what was decided")),
    InlinePanel("pictures", heading=_("Pictures"), label=_("picture")),
    side_by_side("links", heading=_("links")),
    MultiFieldPanel(
        (
            FieldPanel("consultation"),
            InlinePanel("notes", heading=_("Notes and drawings"), label=_("note")),
        ),
        heading=_("What people wrote and drew"),
    ),
    FieldPanel("is_published"),
)


class OpenReport(AddThing):
    """Chooses the event; the report is written on its own screen."""

    def get_initial_form_instance(self) -> ClosingReport:
        return ClosingReport(event_id=key_in(self.request.GET.get("event", "")))

    def get_success_url(self) -> str:
        return reverse("closing_reports:edit", args=(self.object.pk,))


class EditReport(EditOwn):
    """Writes and publishes the report; what is refused is said on the form."""

    collided = _("Somebody has just saved this report. Look at it again.")


class DeleteReport(RefusesToDelete, DeleteOwn):
    """Deletes a report whose notes nobody reads in a consultation."""

    def reason(self) -> str:
        if not EventPage.objects.filter(pk=self.object.event_id).spoken_at().exists():
            return ""
        return str(_("People read its notes in a consultation: it cannot be deleted."))


class ReportList(OwnList):
    """The reports of the events this editor may change."""

    default_ordering = ("-event__ends_at", "-pk")


class ReportViewSet(OwnViewSet):
    """What events left behind."""

    model = ClosingReport
    name = "closing_reports"
    icon = "doc-full"
    menu_label = _("Closing reports")
    menu_name = "events.closing_reports"
    menu_order = 212
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    index_view_class = ReportList
    add_view_class = OpenReport
    edit_view_class = EditReport
    delete_view_class = DeleteReport
    list_display = (
        TitleColumn(
            "event", label=_("Event"), accessor="event.title", url_name="closing_reports:edit"
        ),
        DateColumn("ended", label=_("Ended"), accessor="event.ends_at"),
        BooleanColumn("is_published", label=_("Published")),
    )

    @cached_property
    def _edit_handler(self) -> Any:
        return ObjectList(PANELS, base_form_class=ReportForm).bind_to_model(self.model)

    @cached_property
    def _open_handler(self) -> Any:
        panels = (FieldPanel("event"),)
        return ObjectList(panels, base_form_class=OpenReportForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form, with the languages beside each other."""
        return self._edit_handler

    def get_add_view_kwargs(self) -> dict[str, Any]:
        """A new report begins with its event."""
        return {
            **super().get_add_view_kwargs(),
            "panel": self._open_handler,
            "form_class": self._open_handler.get_form_class(),
        }
