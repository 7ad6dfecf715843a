"""Instruments and changes of status in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from home.continuity.forms import InstrumentForm, StatusForm
from home.continuity.models import Instrument, StatusChange
from home.continuity.presenting import with_entry
from home.partners.viewsets import PartnerViewSet
from home.partners.voices.viewsets import PartnerVoiceViewSet
from partnership.cities.models import City
from partnership.cities.viewsets import DeleteOwn, EditOwn, ListOwn
from partnership.pages.huge_numbers import key_in
from partnership.pages.own_city import OwnViewSet
from partnership.pages.panels import LanguagesPanel, side_by_side
from partnership.pages.two_hands.views import AddThing


class AddInstrument(AddThing):
    """Starts with the city that was asked for."""

    def get_initial_form_instance(self) -> Instrument:
        asked = key_in(self.request.GET.get("city", ""))
        return Instrument(city=City.objects.filter(pk=asked).first())


class DeleteInstrument(DeleteOwn):
    """Deletes what was written down by mistake; what is over gets its last day instead."""


class InstrumentViewSet(OwnViewSet):
    """What binds the cities."""

    model = Instrument
    name = "instruments"
    icon = "clipboard-list"
    menu_label = _("Law and agreements")
    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    search_fields = None
    index_view_class = ListOwn
    add_view_class = AddInstrument
    edit_view_class = EditOwn
    delete_view_class = DeleteInstrument
    list_display = (
        TitleColumn("title", label=_("Title"), accessor=str, url_name="instruments:edit"),
        Column("city", label=_("City")),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("valid_until", label=_("Valid until"), sort_key="valid_until"),
    )

    @cached_property
    def _edit_handler(self) -> Any:
        panels = (
            LanguagesPanel(),
            FieldRowPanel(("city", "kind")),
            side_by_side("title", heading=_("title")),
            side_by_side("summary", heading=_("summary")),
            side_by_side("binds", heading=_("what it binds")),
            FieldRowPanel(("reference", "adopted_on")),
            FieldRowPanel(("valid_from", "valid_until", "ended_on")),
            FieldRowPanel(("document", "url")),
        )
        return ObjectList(panels, base_form_class=InstrumentForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form, with the languages beside each other."""
        return self._edit_handler


class AskedNotEdited(ModelPermissionPolicy):
    """A status is asked for and signed; nobody, an administrator included, edits it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"add", "view"} and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class ListOfChanges(generic.IndexView):
    """Every change that was asked for, and where its signatures are."""

    def get_base_queryset(self) -> QuerySet:
        return with_entry(StatusChange.objects.all())


class AskForStatus(AddThing):
    """Asks the cities, and leads to their signatures."""

    def get_success_message(self, instance: Any) -> str:
        return gettext("Readers see it once every city has signed.")

    def get_success_url(self) -> str:
        return reverse("approval", args=(self.form.request.pk,))


class StatusChangeViewSet(OwnViewSet):
    """How the partnership stands, and how it is to stand."""

    model = StatusChange
    name = "status_changes"
    icon = "key"
    menu_label = _("Status")
    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    search_fields = None
    index_view_class = ListOfChanges
    add_view_class = AskForStatus
    list_display = (
        TitleColumn(
            "status", label=_("Status"), accessor="get_status_display",
            get_url=lambda change: reverse("approval", args=(change.asked,)),
        ),
        Column("state", label=_("State"), accessor="get_state_display"),
        DateColumn("settled_at", label=_("Signed or called off")),
        Column("until", label=_("Until")),
    )  # fmt: skip

    @cached_property
    def _edit_handler(self) -> Any:
        panels = (
            FieldRowPanel((FieldPanel("status"), FieldPanel("until"))),
            side_by_side("reason", heading=_("why")),
        )
        return ObjectList(panels, base_form_class=StatusForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form, with the languages beside each other."""
        return self._edit_handler


class BondGroup(ViewSetGroup):
    """One entry of the menu."""

    menu_label = _("The partnership")
    menu_icon = "key"
    menu_name = "partnership.bond"
    menu_order = 258
    items = (StatusChangeViewSet, InstrumentViewSet, PartnerViewSet, PartnerVoiceViewSet)
