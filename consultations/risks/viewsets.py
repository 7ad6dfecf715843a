"""The risk register and the contingency plans in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup

from consultations.risks.forms import PlanForm, RiskForm
from consultations.risks.models import ContingencyPlan, Risk
from consultations.risks.permissions import is_own
from partnership.pages.own_city import OwnViewSet
from partnership.pages.panels import LanguagesPanel, side_by_side
from partnership.pages.still_used import RefusesToDelete
from partnership.pages.two_hands.views import EditThing
from partnership.serving import public_changed


class OfOwnCity:
    """What is of other cities only does not exist for this editor."""

    def get_object(self, queryset: QuerySet | None = None) -> Any:
        found = super().get_object(queryset)
        if not is_own(self.request.user, found):
            raise Http404
        return found


class EditOwn(OfOwnCity, EditThing):
    """Changes a risk or a plan of one's own city."""


class DeletePlan(OfOwnCity, generic.DeleteView):
    """Deletes a plan."""

    def delete_action(self) -> None:
        super().delete_action()
        public_changed()


class DeleteRisk(OfOwnCity, RefusesToDelete):
    """Deletes a risk that readers do not know."""

    def reason(self) -> str:
        if not self.object.is_published:
            return ""
        return gettext("Readers know this risk: close it instead.")


class ListRisks(generic.IndexView):
    """The risks of the editor's cities, the gravest first."""

    def get_base_queryset(self) -> QuerySet:
        own = Risk.objects.editable_by(self.request.user)
        return own.gravest_first().prefetch_related("cities")


class ListPlans(generic.IndexView):
    """The plans of the editor's cities."""

    def get_base_queryset(self) -> QuerySet:
        own = ContingencyPlan.objects.editable_by(self.request.user)
        return own.select_related("risk", "drill")


class RegisterViewSet(OwnViewSet):
    """What both screens share."""

    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    edit_view_class = EditOwn
    form_class_of_panels: type
    panels: tuple[Any, ...]

    @cached_property
    def _edit_handler(self) -> Any:
        panels = ObjectList(self.panels, base_form_class=self.form_class_of_panels)
        return panels.bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form, with the languages beside each other."""
        return self._edit_handler


class RiskViewSet(RegisterViewSet):
    """The register."""

    model = Risk
    name = "risks"
    icon = "view"
    menu_label = _("Risk register")
    index_view_class = ListRisks
    delete_view_class = DeleteRisk
    form_class_of_panels = RiskForm
    panels = (
        LanguagesPanel(),
        side_by_side("event", heading=_("what may happen")),
        side_by_side("cause", heading=_("cause")),
        side_by_side("effect", heading=_("effect")),
        FieldRowPanel(("kind", FieldPanel("cities", widget=CheckboxSelectMultiple))),
        side_by_side("measures", heading=_("measures")),
        MultiFieldPanel(
            (
                FieldRowPanel(("likelihood", "impact")),
                FieldRowPanel(("residual_likelihood", "residual_impact")),
                side_by_side("reason", heading=_("why it is rated so")),
                FieldPanel("observation"),
                FieldPanel("lesson"),
            ),
            heading=_("Rating"),
        ),
        InlinePanel("owners", heading=_("Who answers for it"), label=_("owner")),
        FieldRowPanel(("review_by", "state")),
        FieldPanel("threatens", widget=CheckboxSelectMultiple),
        FieldPanel("is_published"),
    )
    list_filter = ("cities", "kind", "state")
    list_display = (
        TitleColumn("event", label=_("Risk"), accessor=str, url_name="risks:edit"),
        Column("score", label=_("Before measures")),
        Column("residual_score", label=_("With the measures")),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("review_by", label=_("Review by")),
        BooleanColumn("is_published", label=_("Public")),
    )


class PlanViewSet(RegisterViewSet):
    """What is done first when a risk comes true."""

    model = ContingencyPlan
    name = "contingency_plans"
    icon = "tasks"
    menu_label = _("Contingency plans")
    index_view_class = ListPlans
    delete_view_class = DeletePlan
    form_class_of_panels = PlanForm
    panels = (
        LanguagesPanel(),
        FieldPanel("risk"),
        side_by_side("trigger", heading=_("trigger")),
        MultiFieldPanel(
            (
                side_by_side("first_action", heading=_("first action")),
                side_by_side("second_action", heading=_("second action")),
                side_by_side("third_action", heading=_("third action")),
            ),
            heading=_("The first three things"),
        ),
        InlinePanel("duties", heading=_("Who does it in each city"), label=_("city")),
        FieldRowPanel(("drill", "exercised_on")),
        FieldPanel("is_published"),
    )
    list_display = (
        TitleColumn("risk", label=_("Risk"), accessor=str, url_name="contingency_plans:edit"),
        Column("last_exercised_on", label=_("Last exercised")),
        BooleanColumn("is_published", label=_("Public")),
    )


class RisksGroup(ViewSetGroup):
    """One entry of the menu."""

    menu_label = _("Risks")
    menu_name = "roadmap.risks"
    menu_icon = "view"
    menu_order = 255
    items = (RiskViewSet, PlanViewSet)
