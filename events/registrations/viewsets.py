"""Places in the admin: to look up and to read, never to delete."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from events.models import EventPage
from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration
from partnership.cities.models import City

SEES_PEOPLE = "registrations.view_people"
MANAGES = "registrations.manage_places"


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Places are looked at here; residents take them and give them back on the site."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


def _events_of(request: HttpRequest | None) -> QuerySet[EventPage]:
    if request is None:
        return EventPage.objects.none()
    seen = Registration.objects.seen_by(request.user).values("event")
    return EventPage.objects.filter(pk__in=seen).order_by("-starts_at")


def _overview_of(registration: Registration) -> str:
    return reverse("event_places:overview", args=(registration.event_id,))


def _outcome(registration: Registration) -> str:
    """The status; of a group that came without some of it, how many were there."""
    if not (registration.arrived and registration.missing):
        return registration.state_label
    told = {"came": registration.arrived, "people": registration.party_size}
    return gettext("Was there: %(came)d of %(people)d") % told


class RegistrationFilterSet(WagtailFilterSet):
    """Whose place, where, and what became of it."""

    event = django_filters.ModelChoiceFilter(label=_("Event"), queryset=_events_of)
    city = django_filters.ModelChoiceFilter(label=_("Home city"), queryset=City.objects.all())
    status = django_filters.ChoiceFilter(label=_("Status"), choices=RegistrationStatus.choices)
    guardian = django_filters.BooleanFilter(
        label=_("Waits for the guardian"),
        field_name="guardian_until",
        lookup_expr="isnull",
        exclude=True,
    )

    class Meta:
        model = Registration
        fields = ("event", "city", "status", "guardian")


class RegistrationIndexView(IndexView):
    """The list: only events of the editor's cities; names for those who may see them."""

    def get_base_queryset(self) -> QuerySet[Registration]:
        found = Registration.objects.seen_by(self.request.user)
        return found.select_related("event").with_people()

    def get_list_more_buttons(self, instance: Registration) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        may_give = self.request.user.has_perm(MANAGES)
        if may_give and (instance.is_waiting or instance.is_offered):
            url = reverse("event_places:promote", args=(instance.pk,))
            buttons.append(Button(gettext("Give a place"), url=url, icon_name="check"))
        if may_give and instance.awaits_guardian:
            url = reverse("event_places:paper", args=(instance.pk,))
            buttons.append(Button(gettext("Consent on paper"), url=url, icon_name="check"))
        if may_give and instance.can_cancel:
            url = reverse("event_places:give_back", args=(instance.event_id,))
            give_back = Button(
                gettext("Give back"), url=f"{url}?code={instance.code}", icon_name="undo"
            )
            buttons.append(give_back)
        return buttons

    @cached_property
    def columns(self) -> list[Column]:
        """What is asked most stands first; the rest is beside it on narrow screens."""
        sees_people = self.request.user.has_perm(SEES_PEOPLE)
        name = Column("name", label=_("Name"), accessor="participant.name")
        reached = [
            Column("email", label=_("E-mail"), accessor="participant.email"),
            Column("needs", label=_("Needs")),
        ]
        code = self._get_title_column_class(TitleColumn)  # with the buttons of the row
        return [
            code("code", label=_("Code"), get_url=_overview_of, classname="w-whitespace-nowrap"),
            *([name] if sees_people else ()),
            Column("status", label=_("Status"), accessor=_outcome),
            Column("party_size", label=_("People"), sort_key="party_size"),
            Column("event", label=_("Event"), accessor="event.title"),
            DateColumn("created_at", label=_("Taken"), sort_key="created_at"),
            Column("city", label=_("Home city"), accessor="city.name"),
            Column("joins_in", label=_("Joins in"), accessor="joins_in.name"),
            *(reached if sees_people else ()),
        ]


class RegistrationViewSet(ModelViewSet):
    """Places at events."""

    model = Registration
    name = "places"
    icon = "group"
    menu_label = _("Places")
    menu_name = "events.places"
    menu_order = 210
    add_to_admin_menu = True
    form_fields = ("status",)  # Wagtail asks for a form; the policy opens none
    filterset_class = RegistrationFilterSet
    index_view_class = RegistrationIndexView
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_fields = ("code",)


register_permission_policy(Registration, ReadOnlyPolicy(Registration))
registrations = RegistrationViewSet()
