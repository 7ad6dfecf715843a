"""Who speaks for partners, in the admin."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from home.partners.voices.forms import VoiceForm
from home.partners.voices.models import PartnerVoice
from home.partners.voices.services import end
from partnership.cities.viewsets import DeleteOwn, EditOwn, ListOwn
from partnership.pages.own_city import OwnViewSet


class ListVoices(ListOwn):
    """Those of the editor's partners."""

    related = ("partner__city", "participant__resident")


class EndVoice(DeleteOwn):
    """Ends it, and tells whoever spoke."""

    def delete_action(self) -> None:
        end(self.object)


class PartnerVoiceViewSet(OwnViewSet):
    """Ask somebody, see who has agreed, end it."""

    model = PartnerVoice
    name = "partner_voices"
    icon = "openquote"
    menu_label = _("Voices of partners")
    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    search_fields = None
    index_view_class = ListVoices
    edit_view_class = EditOwn
    delete_view_class = EndVoice
    list_display = (
        TitleColumn(
            "participant", label=_("Who"), accessor="participant", url_name="partner_voices:edit"
        ),
        Column("partner", label=_("Partner"), accessor="partner"),
        DateColumn("given_at", label=_("Asked on"), sort_key="given_at"),
        DateColumn("accepted_at", label=_("Agreed on"), sort_key="accepted_at"),
        Column("valid_until", label=_("Until"), sort_key="valid_until"),
    )

    @cached_property
    def _edit_handler(self) -> Any:
        panels = tuple(FieldPanel(name) for name in ("partner", "email", "valid_until"))
        return ObjectList(panels, base_form_class=VoiceForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form."""
        return self._edit_handler
