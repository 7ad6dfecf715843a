"""Drills in the admin: checklists, items, reviews and corrective actions."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup

from events.drills.forms import (
    ActionForm,
    ChecklistForm,
    DrillItemForm,
    ObservationForm,
    ReviewForm,
)
from events.drills.models import AfterActionReview, Checklist, CorrectiveAction, DrillItem
from events.drills.permissions import drill_of, is_own_city
from events.drills.services import note_file_of_actions
from partnership.pages.huge_numbers import key_in
from partnership.pages.languages import CODES, localized, own_name
from partnership.pages.own_city import OffersReadable, OwnViewSet
from partnership.pages.panels import side_by_side
from partnership.pages.two_hands.views import AddThing, EditThing
from partnership.serving import public_changed
from partnership.tables.spreadsheets import SafeSpreadsheets


def _in_each_language(name: str, words: Any) -> dict[str, Any]:
    return {localized(name, code): format_lazy("{} ({})", words, own_name(code)) for code in CODES}


#: What the files of a drill's list hold.
ITEM_HEADINGS = {
    "drill": _("Drill"),
    "number": _("number"),
    **_in_each_language("text", _("what to do")),
    **_in_each_language("role", _("who does it")),
    "done_at": _("done at"),
    "done_by": _("done by"),
}
#: What the files of corrective actions hold.
ACTION_HEADINGS = {
    "number": _("number"),
    "drill": _("Drill"),
    "reviewed_on": _("review held on"),
    **_in_each_language("seen", _("observation")),
    **_in_each_language("text", _("what is done")),
    "city": _("city"),
    "owner": _("owner"),
    "due_on": _("due on"),
    "said": _("state"),
    "closed_on": _("closed on"),
    "late": _("late"),
}


class OwnCityMixin:
    """What hangs on another city's drill does not exist for this editor."""

    def get_object(self, queryset: QuerySet | None = None) -> Any:
        found = super().get_object(queryset)
        if not is_own_city(self.request.user, drill_of(found)):
            raise Http404
        return found


class EditOwn(OwnCityMixin, EditThing):
    """Changes what hangs on a drill of one's own city."""


class DeleteOwn(OwnCityMixin, generic.DeleteView):
    """Deletes what hangs on a drill of one's own city."""

    def delete_action(self) -> None:
        super().delete_action()
        public_changed()


class OwnList(generic.IndexView):
    """What hangs on drills this editor may change; ``related`` is fetched along."""

    related: tuple[str, ...] = ("drill",)

    def get_base_queryset(self) -> QuerySet:
        return self.model.objects.editable_by(self.request.user).select_related(*self.related)


class ItemList(SafeSpreadsheets, OffersReadable, OwnList):
    """Items of drills; the files tell who did what, and when."""

    offered = (("drill", "pk"),)

    related = ("drill", "done_by")
    export_headings = ITEM_HEADINGS
    list_export = tuple(ITEM_HEADINGS)
    export_filename = "drill-items"

    def get_filtered_queryset(self) -> QuerySet:
        return self.get_queryset()  # a list of the admin is filtered there


class ActionList(SafeSpreadsheets, OwnList):
    """Corrective actions with where they come from; the files tell who answers for them.

    The admin's log says who took one.
    """

    related = ("city", "owner", "observation__review__drill")
    export_headings = ACTION_HEADINGS
    list_export = tuple(ACTION_HEADINGS)
    export_filename = "corrective-actions"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().get(request, *args, **kwargs)
        if self.is_export and request.method == "GET":  # the head alone holds nothing
            note_file_of_actions(by=request.user)
        return answer

    def get_filtered_queryset(self) -> QuerySet:
        return self.get_queryset()  # a list of the admin is filtered there

    def rows_of(self, found: list[Any]) -> list[Any]:
        """Also note what is a column of the file and not of the table."""
        for action in found:
            review = action.observation.review
            action.drill, action.reviewed_on = review.drill.title, review.held_on
            action.number = action.pk
            action.said = action.get_state_display()
            action.late = _("yes") if action.is_late else _("no")
            for code in CODES:
                seen = getattr(action.observation, localized("text", code))
                setattr(action, localized("seen", code), seen)
        return found


class AddAction(AddThing):
    """Begins with the observation that something is done about, where one is asked for."""

    def get_initial_form_instance(self) -> CorrectiveAction:
        return CorrectiveAction(observation_id=key_in(self.request.GET.get("observation", "")))


class AddReview(AddThing):
    """Begins with the drill that is looked back on, where one is asked for."""

    def get_initial_form_instance(self) -> AfterActionReview:
        return AfterActionReview(drill_id=key_in(self.request.GET.get("drill", "")))


class DrillViewSet(OwnViewSet):
    """What the screens about drills share."""

    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    form_class_of_panels: type = ChecklistForm
    panels: tuple[Any, ...] = ()

    @cached_property
    def _edit_handler(self) -> Any:
        panels = ObjectList(self.panels, base_form_class=self.form_class_of_panels)
        return panels.bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form, with both languages beside each other."""
        return self._edit_handler


class ChecklistViewSet(DrillViewSet):
    """Lists to copy into drills; they belong to all cities."""

    model = Checklist
    name = "checklists"
    icon = "list-ul"
    menu_label = _("Checklists")
    form_class_of_panels = ChecklistForm
    panels = (side_by_side("title"), InlinePanel("items", label=_("item")))
    list_display = (TitleColumn("title", label=_("Checklist"), url_name="checklists:edit"),)


class DrillItemViewSet(DrillViewSet):
    """What is ticked at one drill."""

    model = DrillItem
    name = "drill_items"
    icon = "tick"
    menu_label = _("Items of drills")
    index_view_class = ItemList
    edit_view_class = EditOwn
    delete_view_class = DeleteOwn
    form_class_of_panels = DrillItemForm
    panels = (
        FieldRowPanel(("drill", "number")),
        side_by_side("text", heading=_("what to do")),
        side_by_side("role", heading=_("who does it")),
    )
    list_filter = ("drill",)
    list_display = (
        TitleColumn("text", label=_("Item"), accessor=str, url_name="drill_items:edit"),
        Column("drill", label=_("Drill"), accessor="drill.title"),
        DateColumn("done_at", label=_("Done")),
    )


class ObservationsPanel(InlinePanel):
    """What was seen, in rows that know whose editor looks at them."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {
            "form": ObservationForm,
            "inherit_kwargs": ["for_user"],
        }
        return options


class ReviewViewSet(DrillViewSet):
    """What was seen at a drill."""

    model = AfterActionReview
    name = "after_action_reviews"
    icon = "openquote"
    menu_label = _("After-action reviews")
    index_view_class = OwnList
    add_view_class = AddReview
    edit_view_class = EditOwn
    delete_view_class = DeleteOwn
    form_class_of_panels = ReviewForm
    panels = (
        FieldRowPanel(("drill", "held_on")),
        FieldPanel("attendance"),
        side_by_side("summary"),
        ObservationsPanel("observations", label=_("observation")),
        FieldPanel("is_published"),
    )
    list_display = (
        TitleColumn(
            "drill", label=_("Drill"), accessor="drill.title", url_name="after_action_reviews:edit"
        ),
        DateColumn("held_on", label=_("Held on")),
        BooleanColumn("is_published", label=_("Published")),
    )


class ActionViewSet(DrillViewSet):
    """What is done about what was seen."""

    model = CorrectiveAction
    name = "corrective_actions"
    icon = "tasks"
    menu_label = _("Corrective actions")
    index_view_class = ActionList
    add_view_class = AddAction
    edit_view_class = EditOwn
    delete_view_class = DeleteOwn
    form_class_of_panels = ActionForm
    panels = (
        FieldPanel("observation"),
        side_by_side("text", heading=_("what is done")),
        FieldPanel("risk"),
        FieldRowPanel(("city", "owner")),
        FieldRowPanel(("due_on", "state", "closed_on")),
    )
    list_filter = ("city", "state")
    list_display = (
        TitleColumn("text", label=_("Action"), url_name="corrective_actions:edit"),
        Column("drill", label=_("Drill"), accessor="observation.review.drill.title"),
        Column("city", label=_("City"), accessor="city.name"),
        Column("due_on", label=_("Due"), sort_key="due_on"),
        Column("state", label=_("State"), accessor="get_state_display"),
        BooleanColumn("is_late", label=_("Late")),
    )


class DrillsGroup(ViewSetGroup):
    """One entry of the menu."""

    menu_label = _("Drills")
    menu_name = "events.drills"
    menu_icon = "calendar-check"
    menu_order = 215
    items = (ChecklistViewSet, DrillItemViewSet, ReviewViewSet, ActionViewSet)
