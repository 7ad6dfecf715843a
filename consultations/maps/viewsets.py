"""Maps in the admin, each for the editors of its city."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn

from consultations.maps.forms import CityMapForm
from consultations.maps.models import CityMap
from partnership.cities.viewsets import DeleteOwn, EditOwn, ListOwn
from partnership.pages.own_city import OwnViewSet
from partnership.pages.panels import LanguagesPanel, side_by_side

PANELS = (
    LanguagesPanel(),
    FieldPanel("city"),
    side_by_side("title", heading=_("title")),
    FieldPanel("picture"),
    FieldPanel("attribution"),
    MultiFieldPanel(
        (FieldRowPanel(("north", "west")), FieldRowPanel(("south", "east"))),
        heading=_("Where its corners are"),
        help_text=_(
            "In degrees, with a point before the decimals. The site that the picture comes from "
            "tells them: OpenStreetMap beside “Export”."
        ),
    ),
)


class CityMapViewSet(OwnViewSet):
    """On which residents press the place they mean."""

    model = CityMap
    name = "city_maps"
    icon = "site"
    menu_label = _("Maps")
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    index_view_class = ListOwn
    edit_view_class = EditOwn
    delete_view_class = DeleteOwn
    list_display = (
        TitleColumn("title", label=_("Map"), accessor=str, url_name="city_maps:edit"),
        Column("city", label=_("City")),
    )

    @cached_property
    def _edit_handler(self) -> Any:
        return ObjectList(PANELS, base_form_class=CityMapForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form, with the languages beside each other."""
        return self._edit_handler
