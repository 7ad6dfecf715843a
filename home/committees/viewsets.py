"""Seats, meetings, contacts and mediators in the admin."""

from typing import Any

from django.middleware.csrf import get_token
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.base import ViewSetGroup

from home.ambassadors.viewsets import AmbassadorViewSet
from home.committees.forms import ContactForm, MediatorForm, MeetingForm, MembershipForm
from home.committees.models import CommitteePage, Contact, Mediator, Meeting, Membership
from home.committees.services import confirm
from home.committees.views import Confirm
from home.disputes.viewsets import DisputeViewSet
from partnership.cities.viewsets import DeleteOwn, EditOwn, ListOwn
from partnership.pages import own_city
from partnership.pages.huge_numbers import key_in
from partnership.pages.own_city import OwnViewSet
from partnership.pages.panels import LanguagesPanel, side_by_side
from partnership.pages.two_hands.views import AddThing, EditThing
from partnership.serving import public_changed


class OfCommittee(AddThing):
    """Starts with the committee the editor came from."""

    def get_initial_form_instance(self) -> Any:
        asked = self.request.GET.get("committee", "")
        known = CommitteePage.objects.filter(pk=key_in(asked)).first()
        return self.model(committee=known)


class ListSeats(own_city.OffersReadable, ListOwn):
    """Seats of the editor's cities; those without a deputy are told."""

    offered = (("committee", "pk"),)
    related = ("city", "committee", "deputy")


class ListMeetings(own_city.OffersReadable, own_city.OwnList):
    """Meetings of the committees this editor may change."""

    offered = (("committee", "pk"),)


class NoDeputyColumn(Column):
    """Who sits there instead, or that nobody does."""

    def get_value(self, instance: Membership) -> Any:
        today = timezone.localdate()
        if instance.lacks_a_deputy(today):
            return _("No deputy")
        deputy = instance.deputy_on(today)
        return deputy.called if deputy else ""


class ConfirmColumn(Column):
    """When it was confirmed, and the button that does it again."""

    cell_template_name = "committees/admin/confirm_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        address = f"{instance._meta.model_name}s:confirm"
        return {
            **context,
            "confirm_url": reverse(address, args=(instance.pk,)),
            "csrf_token": get_token(parent_context["request"]),
        }


class InCharge(OwnViewSet):
    """What these screens share."""

    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    form_of_panels: type = MembershipForm
    panels: tuple[Any, ...] = ()

    @cached_property
    def _edit_handler(self) -> Any:
        panels = ObjectList(self.panels, base_form_class=self.form_of_panels)
        return panels.bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form, with the languages beside each other."""
        return self._edit_handler


class MembershipViewSet(InCharge):
    """Who sits in the committees for the editor's cities."""

    model = Membership
    name = "memberships"
    icon = "user"
    menu_label = _("Seats")
    index_view_class = ListSeats
    add_view_class = OfCommittee
    edit_view_class = EditOwn
    delete_view_class = DeleteOwn
    form_of_panels = MembershipForm
    panels = (
        FieldRowPanel(("committee", "city")),
        FieldRowPanel(("role", "deputy")),
        FieldRowPanel(("name", "organisation")),
        FieldPanel("consent_on"),
        FieldRowPanel(("starts_on", "ends_on")),
    )
    list_filter = ("committee", "city", "role")
    list_display = (
        TitleColumn("called", label=_("Seat"), url_name="memberships:edit"),
        Column("role", label=_("Role"), accessor="get_role_display"),
        Column("city", label=_("City"), accessor="city.name"),
        Column("committee", label=_("Committee"), accessor="committee.title"),
        Column("ends_on", label=_("Until"), sort_key="ends_on"),
        NoDeputyColumn("deputy", label=_("Deputy")),
        BooleanColumn("public_name", label=_("Named to readers")),
    )


class MeetingViewSet(InCharge):
    """When the committees meet, and what came of it."""

    model = Meeting
    name = "meetings"
    icon = "calendar-alt"
    menu_label = _("Meetings")
    index_view_class = ListMeetings
    add_view_class = OfCommittee
    edit_view_class = own_city.EditOwn
    delete_view_class = own_city.DeleteOwn
    form_of_panels = MeetingForm
    panels = (
        LanguagesPanel(),
        FieldRowPanel(("committee", "held_on")),
        side_by_side("agenda"),
        side_by_side("minutes"),
        FieldPanel("document"),
        InlinePanel("decisions", heading=_("Decisions"), label=_("decision")),
    )
    list_filter = ("committee",)
    list_display = (
        TitleColumn("held_on", label=_("Meeting"), accessor=str, url_name="meetings:edit"),
        BooleanColumn("minutes", label=_("Minutes")),
    )


class SaysStillRight:
    """Part of the screen of one thing: its button saves what was written there, too."""

    def save_instance(self) -> Any:
        saved = super().save_instance()
        if "still_right" in self.request.POST:
            confirm(saved, by=self.request.user)
        return saved


class EditContact(SaysStillRight, EditOwn):
    """Changes a contact of one's own city."""


class EditMediator(SaysStillRight, EditThing):
    """Changes the entry of a mediator."""


class Confirmable(InCharge):
    """What is confirmed by one click."""

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's, and the address of that click."""
        one_click = Confirm.as_view(
            rows=self.model._default_manager,
            permission_policy=self.permission_policy,
            index_url_name=self.get_url_name("index"),
        )
        return [*super().get_urlpatterns(), path("confirm/<int:pk>/", one_click, name="confirm")]


class ListContacts(ListOwn):
    """Contacts of the editor's cities, with who holds them."""

    related = ("city", "primary", "deputy")


def _confirm_panel() -> HelpPanel:
    return HelpPanel(template="committees/admin/confirm_panel.html", heading=_("Confirmed"))


class ContactViewSet(Confirmable):
    """Whom to write to in the editor's cities."""

    model = Contact
    name = "contacts"
    icon = "mail"
    menu_label = _("Contacts")
    index_view_class = ListContacts
    edit_view_class = EditContact
    delete_view_class = DeleteOwn
    form_of_panels = ContactForm
    panels = (
        LanguagesPanel(),
        _confirm_panel(),
        side_by_side("role"),
        FieldPanel("city"),
        FieldRowPanel(("mailbox", "phone")),
        FieldRowPanel(("primary", "primary_name")),
        FieldRowPanel(("deputy", "deputy_name")),
    )
    list_filter = ("city",)
    list_display = (
        TitleColumn("role", label=_("Role"), accessor=str, url_name="contacts:edit"),
        Column("mailbox", label=_("Mailbox")),
        BooleanColumn("has_two_holders", label=_("Two holders")),
        ConfirmColumn("confirmed_on", label=_("Confirmed"), sort_key="confirmed_on"),
    )


class DeleteMediator(DeleteView):
    """Deletes an entry; it is gone from the page at once."""

    def delete_action(self) -> None:
        super().delete_action()
        public_changed()


class MediatorViewSet(Confirmable):
    """Who helps when the cities disagree; of no city, so for every editor."""

    model = Mediator
    name = "mediators"
    icon = "group"
    menu_label = _("Mediators")
    edit_view_class = EditMediator
    delete_view_class = DeleteMediator
    form_of_panels = MediatorForm
    panels = (
        LanguagesPanel(),
        _confirm_panel(),
        FieldRowPanel(("name", "consent_on")),
        side_by_side("languages"),
        side_by_side("neutrality", heading=_("statement of neutrality")),
        side_by_side("availability"),
        FieldPanel("mailbox"),
    )
    list_display = (
        TitleColumn("name", label=_("Name"), url_name="mediators:edit"),
        BooleanColumn("consent_on", label=_("Named to readers")),
        ConfirmColumn("confirmed_on", label=_("Confirmed"), sort_key="confirmed_on"),
    )


class InChargeGroup(ViewSetGroup):
    """One entry of the menu."""

    menu_label = _("People in charge")
    menu_icon = "group"
    menu_order = 212
    items = (
        MembershipViewSet,
        MeetingViewSet,
        ContactViewSet,
        MediatorViewSet,
        DisputeViewSet,
        AmbassadorViewSet,
    )
