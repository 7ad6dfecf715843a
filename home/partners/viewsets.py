"""Partners in the admin."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn

from consultations.models import Contribution, Response, Statement
from home.partners.forms import PartnerForm
from home.partners.models import Partner
from partnership.cities.viewsets import EditOwn, ListOwn, OfOwnCityOnly
from partnership.pages.own_city import OwnViewSet
from partnership.pages.panels import LanguagesPanel, side_by_side
from partnership.pages.still_used import RefusesToDelete
from partnership.serving import public_changed

PANELS = (
    LanguagesPanel(),
    side_by_side("name", heading=_("name")),
    side_by_side("summary", heading=_("what it does here")),
    FieldRowPanel(("kind", "city")),
    side_by_side("neutrality", heading=_("statement of neutrality")),
    FieldRowPanel(("website", "logo")),
    FieldRowPanel(("starts_on", "ends_on")),
    FieldPanel("is_published"),
)
#: What somebody says in the name of a partner.
SPOKEN: tuple[Any, ...] = (Contribution, Response, Statement)


def _of_which_city(partner: Partner) -> str:
    return str(partner.city or gettext("All cities"))


class DeletePartner(OfOwnCityOnly, RefusesToDelete):
    """Deletes what hosted and said nothing; who is no partner any more gets a last day instead."""

    def reason(self) -> str:
        if any(rows.objects.filter(partner=self.object).exists() for rows in SPOKEN):
            return gettext("It stays: things were said in its name. Give it a last day instead.")
        titles = ", ".join(str(event) for event in self.object.hosted.order_by("starts_at"))
        words = gettext("It stays while it hosts this: %(things)s. Give it a last day instead.")
        return words % {"things": titles} if titles else ""

    def delete_action(self) -> None:
        super().delete_action()
        public_changed()


class PartnerViewSet(OwnViewSet):
    """Who else carries the partnership."""

    model = Partner
    name = "partner_entries"
    icon = "group"
    menu_label = _("Partners")
    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    search_fields = None
    index_view_class = ListOwn
    edit_view_class = EditOwn
    delete_view_class = DeletePartner
    list_filter = ("kind", "city", "is_published")
    list_display = (
        TitleColumn("name", label=_("Name"), accessor=str, url_name="partner_entries:edit"),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("city", label=_("City"), accessor=_of_which_city),
        Column("ends_on", label=_("Until"), sort_key="ends_on"),
        BooleanColumn("is_published", label=_("Published")),
    )

    @cached_property
    def _edit_handler(self) -> Any:
        return ObjectList(PANELS, base_form_class=PartnerForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form, with the languages beside each other."""
        return self._edit_handler
