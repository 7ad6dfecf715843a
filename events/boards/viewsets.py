"""Boards in the admin."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn

from events.boards.forms import BoardForm
from events.boards.models import Board
from partnership.pages.own_city import DeleteOwn, EditOwn, OwnList, OwnViewSet
from partnership.pages.panels import LanguagesPanel, side_by_side

PANELS = (
    LanguagesPanel(),
    FieldRowPanel(("event", "number")),
    side_by_side("title", heading=_("title")),
    FieldPanel("drawing"),
    side_by_side("explanation", heading=_("explanation")),
    FieldPanel("is_published"),
)


class BoardViewSet(OwnViewSet):
    """What was drawn at charrettes and planning sessions."""

    model = Board
    name = "boards"
    icon = "image"
    menu_label = _("Boards")
    menu_name = "events.boards"
    menu_order = 211
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    list_filter = ("is_published",)
    ordering = ("-event__starts_at", "number")
    search_backend_name = None
    index_view_class = OwnList
    edit_view_class = EditOwn
    delete_view_class = DeleteOwn
    list_display = (
        TitleColumn("title", label=_("Board"), accessor=str, url_name="boards:edit"),
        Column("event", label=_("Event"), accessor="event.title"),
        BooleanColumn("is_published", label=_("Published")),
    )

    @cached_property
    def _edit_handler(self) -> Any:
        return ObjectList(PANELS, base_form_class=BoardForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form, with the languages beside each other."""
        return self._edit_handler
