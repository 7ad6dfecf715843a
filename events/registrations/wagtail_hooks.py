"""Places in the admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from events.models import EventPage
from events.registrations.admin.views import (
    SEES_PLACES,
    GiveBackView,
    GiveView,
    MessageView,
    OverviewView,
    PaperView,
    PlacesExportView,
    PromoteView,
)
from events.registrations.viewsets import RegistrationViewSet, registrations
from partnership.pages.models import BasePage
from partnership.pages.permissions import holds_key_to


@hooks.register("register_admin_viewset")
def register_places() -> RegistrationViewSet:
    return registrations


@hooks.register("register_admin_urls")
def addresses() -> list:
    """The screens about the places of one event, under /admin/event-places/."""
    screens = [
        path("<int:event_id>/", OverviewView.as_view(), name="overview"),
        path("<int:event_id>/give/", GiveView.as_view(), name="give"),
        path("<int:event_id>/give-back/", GiveBackView.as_view(), name="give_back"),
        path("<int:event_id>/message/", MessageView.as_view(), name="message"),
        path("<int:event_id>/export/", PlacesExportView.as_view(), name="export"),
        path("paper/<int:pk>/", PaperView.as_view(), name="paper"),
        path("give/<int:pk>/", PromoteView.as_view(), name="promote"),
    ]
    return [path("event-places/", include((screens, "event_places")))]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def places_button(page: BasePage, user: Any, **context: Any) -> Iterator[Button]:
    """Places, on an event's editor and in lists of pages."""
    model = page.cached_content_type.model_class()
    may_see = model and issubclass(model, EventPage) and user.has_perm(SEES_PLACES)
    if may_see and holds_key_to(page, user):
        address = reverse("event_places:overview", args=(page.pk,))
        yield Button(_("Places"), address, icon_name="group", priority=65)


@hooks.register("register_permissions")
def register_place_permissions() -> QuerySet[Permission]:
    """Let groups be given sight of places, and of the people behind them."""
    names = ("view_registration", "view_people", "manage_places", "check_in")
    return Permission.objects.filter(content_type__app_label="registrations", codename__in=names)
