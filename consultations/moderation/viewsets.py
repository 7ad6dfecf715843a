"""A partnership's own words for reasons, written in every language."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from consultations.moderation.forms import ReasonTemplateForm
from consultations.moderation.models import ReasonTemplate
from partnership.pages.panels import LanguagesPanel, side_by_side
from partnership.pages.two_hands.views import AddThing, EditThing


class ReasonTemplateViewSet(ModelViewSet):
    """The list and the form; they are shared by all cities, as the queue is."""

    model = ReasonTemplate
    name = "reason_templates"
    icon = "openquote"
    menu_label = _("Words for reasons")
    add_view_class = AddThing
    edit_view_class = EditThing
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = (
        TitleColumn("title", label=_("Name"), accessor=str, url_name="reason_templates:edit"),
        Column("reason", label=_("Counted as"), accessor="get_reason_display"),
        BooleanColumn("is_offered", label=_("Offered")),
    )
    search_fields = None

    def get_edit_handler(self) -> Any:
        """The form: what it is counted as, its name, its words."""
        panels = (
            LanguagesPanel(),
            FieldPanel("reason"),
            side_by_side("title", heading=_("Name")),
            side_by_side("text", heading=_("Words")),
            FieldPanel("is_offered"),
        )
        return ObjectList(panels, base_form_class=ReasonTemplateForm).bind_to_model(self.model)
