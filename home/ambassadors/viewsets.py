"""What ambassadors wrote, in the admin: read it, and show it or say why not."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from home.ambassadors.forms import DecisionForm
from home.ambassadors.models import Ambassador
from partnership.pages.own_city import EditOwn, OwnList, OwnViewSet


class AmbassadorViewSet(OwnViewSet):
    """Those of events of the editor's cities."""

    model = Ambassador
    name = "ambassadors"
    icon = "user"
    menu_label = _("Ambassadors")
    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    index_view_class = OwnList
    edit_view_class = EditOwn
    list_filter = ("state",)
    list_display = (
        TitleColumn(
            "first_name", label=_("Ambassador"), accessor="called", url_name="ambassadors:edit"
        ),
        Column("event", label=_("Took part in"), accessor="event.title"),
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        DateColumn("consented_at", label=_("Agreed on"), sort_key="consented_at"),
    )

    @cached_property
    def _edit_handler(self) -> Any:
        panels = (
            HelpPanel(template="ambassadors/admin/words.html", heading=_("What readers would see")),
            *(FieldPanel(name) for name in ("state", "reason")),
        )
        return ObjectList(panels, base_form_class=DecisionForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The words to read, and the decision."""
        return self._edit_handler
