"""Alerts, channels and numbers in the admin: for editors of one of their cities."""

from typing import Any

from django.db.models import QuerySet
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    ObjectList,
    Panel,
)
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from home.alerts.forms import AlertForm, ChannelForm, NumbersForm
from home.alerts.models import Alert, Channel, EmergencyNumbers
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.interface.templatetags.clocks import on_clocks
from partnership.pages.own_city import OwnViewSet
from partnership.pages.panels import side_by_side
from partnership.pages.permissions import city_keys
from partnership.pages.two_hands.views import EditThing
from partnership.serving import public_changed

AT_ONCE = gettext_lazy("What you save here stands at the top of every page at once.")


class OneOfItsCities(ModelPermissionPolicy):
    """Django's permission, and on top of it one of the thing's cities."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        own = self.model.objects.of_editor(user).filter(pk=instance.pk)
        return self.user_has_permission(user, action) and own.exists()


class NoAlertIsDeleted(OneOfItsCities):
    """What readers were told stays, with its history; an administrator's hands are tied, too."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and bool(super().user_has_permission(user, action))


class OwnList(generic.IndexView):
    """What is about a city this person works for."""

    def get_base_queryset(self) -> QuerySet:
        rows: QuerySet = self.model.objects.of_editor(self.request.user)
        return rows


class AlertList(OwnList):
    """Alerts with their cities."""

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().prefetch_related("cities")


class ChannelList(OwnList):
    """Channels with their last test."""

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().with_last_test().prefetch_related("offices__city")


class NumbersList(OwnList):
    """Numbers with their city."""

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related("city")


class OfOwnCityOnly:
    """What is of other cities only does not exist for this editor."""

    request: Any
    model: Any

    def get_queryset(self) -> QuerySet:
        rows: QuerySet = self.model.objects.of_editor(self.request.user)
        return rows


class EditOwn(OfOwnCityOnly, EditThing):
    """Changes what is of one of the editor's cities."""


class DeleteOwn(OfOwnCityOnly, generic.DeleteView):
    """Deletes what is of one of the editor's cities."""

    def delete_action(self) -> None:
        super().delete_action()
        public_changed()


class ClocksColumn(Column):
    """An instant as the clock of each city shows it."""

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        cities = once(context["request"], cities_of_the_site)
        return {**context, "value": on_clocks(context["raw_value"], cities)}


class ActColumn(BaseColumn):
    """Buttons that do something with the row at one press."""

    cell_template_name = "alerts/admin/acts.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        request = context["request"]
        return {
            **context,
            "csrf_token": get_token(request),
            "acts": self.acts_of(instance, request.user),
            "row": instance,
        }

    def acts_of(self, instance: Any, editor: Any) -> list[dict[str, Any]]:
        """Return what can be done now: url, label, and the name and value that say more."""
        raise NotImplementedError


class OverColumn(ActColumn):
    """It is over."""

    def acts_of(self, instance: Alert, editor: Any) -> list[dict[str, Any]]:
        if instance.is_over():
            return []
        return [{"url": reverse("alert_over", args=(instance.pk,)), "label": _("It is over")}]


class TestedColumn(ActColumn):
    """Tested today, by one of the editor's cities."""

    def acts_of(self, instance: Channel, editor: Any) -> list[dict[str, Any]]:
        if instance.is_retired:
            return []
        cities = [office.city for office in instance.offices.all()]
        if not editor.is_superuser:  # whose cities are read once for all rows
            cities = [city for city in cities if city.pk in city_keys(editor).cities]
        url = reverse("channel_tested", args=(instance.pk,))
        label = _("Tested today: %(city)s") if len(cities) > 1 else _("Tested today")
        return [{"url": url, "label": label % {"city": city}, "city": city.pk} for city in cities]


class HistoryPanel(Panel):
    """Who published, changed and ended the alert; readers see the cities only."""

    class BoundPanel(Panel.BoundPanel):
        """The steps of the alert on its screen."""

        template_name = "alerts/admin/history.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            steps = self.instance.steps.select_related("city", "done_by")
            return {**context, "steps": steps, "cities": once(self.request, cities_of_the_site)}


class AlertsViewSet(OwnViewSet):
    """What the screens of alerts and channels share."""

    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    index_view_class = OwnList
    edit_view_class = EditOwn
    delete_view_class = DeleteOwn
    form_class_of_panels: type = AlertForm
    panels: tuple[Any, ...] = ()

    @cached_property
    def _edit_handler(self) -> Any:
        panels = ObjectList(self.panels, base_form_class=self.form_class_of_panels)
        return panels.bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form, with the languages beside each other."""
        return self._edit_handler


class AlertViewSet(AlertsViewSet):
    """Alerts: saved is published."""

    model = Alert
    name = "alerts"
    icon = "warning"
    menu_label = gettext_lazy("Alerts")
    index_view_class = AlertList
    panels = (
        HelpPanel(AT_ONCE),
        side_by_side("title"),
        side_by_side("text"),
        FieldRowPanel(("level", "cities")),
        FieldRowPanel(("starts_at", "ends_at")),
        side_by_side("more_url"),
        HistoryPanel(heading=gettext_lazy("What was done, and by whom")),
    )
    list_display = (
        TitleColumn("title", label=gettext_lazy("Alert"), accessor=str, url_name="alerts:edit"),
        Column("level", label=gettext_lazy("Level"), accessor="get_level_display"),
        ClocksColumn("starts_at", label=gettext_lazy("From"), sort_key="starts_at"),
        ClocksColumn("over_at", label=gettext_lazy("Until")),
        OverColumn("over", label=gettext_lazy("It is over")),
    )


class ChannelViewSet(AlertsViewSet):
    """Channels, with who answers for them."""

    model = Channel
    name = "channels"
    icon = "link"
    menu_label = gettext_lazy("Emergency channels")
    index_view_class = ChannelList
    form_class_of_panels = ChannelForm
    panels = (
        side_by_side("purpose"),
        side_by_side("primary_way"),
        FieldPanel("primary_is_public"),
        side_by_side("fallback_way"),
        FieldPanel("fallback_is_public"),
        InlinePanel("offices", label=gettext_lazy("office")),
        FieldPanel("notes"),
        FieldPanel("is_retired"),
    )
    list_display = (
        TitleColumn(
            "purpose", label=gettext_lazy("Channel"), accessor=str, url_name="channels:edit"
        ),
        Column("last_tested_on", label=gettext_lazy("Last tested on")),
        Column("to_be_tested_on", label=gettext_lazy("To be tested by")),
        TestedColumn("tested", label=gettext_lazy("Tested today")),
    )


class NumbersViewSet(AlertsViewSet):
    """Whom to call in each city."""

    model = EmergencyNumbers
    name = "emergency_numbers"
    icon = "mobile-alt"
    menu_label = gettext_lazy("Emergency numbers")
    index_view_class = NumbersList
    form_class_of_panels = NumbersForm
    panels = (FieldPanel("city"), side_by_side("text"))
    list_display = (
        TitleColumn(
            "city", label=gettext_lazy("City"), accessor=str, url_name="emergency_numbers:edit"
        ),
    )


class AlertsGroup(ViewSetGroup):
    """One entry of the menu."""

    menu_label = gettext_lazy("Alerts")
    menu_icon = "warning"
    menu_order = 105
    items = (AlertViewSet, ChannelViewSet, NumbersViewSet)
