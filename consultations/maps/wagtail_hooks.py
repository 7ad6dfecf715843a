"""Where maps meet the admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from consultations.exports.services import STAFF_PERMISSION
from consultations.maps.admin import answer_points
from consultations.maps.models import CityMap
from consultations.maps.staff import asks_for_points
from consultations.maps.viewsets import CityMapViewSet
from consultations.models import ConsultationPage
from partnership.cities.viewsets import OfOwnCity
from partnership.pages.permissions import holds_key_to

register_permission_policy(CityMap, OfOwnCity(CityMap))


@hooks.register("register_admin_viewset")
def register_maps() -> CityMapViewSet:
    return CityMapViewSet()


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The points of the answers of a consultation."""
    return [path("answer-points/<int:consultation_id>/", answer_points, name="answer_points")]


@hooks.register("register_page_header_buttons")
def points_button(page: Any, user: Any, **context: Any) -> Iterator[Button]:
    """The way from a consultation to where its answers lie, if it asks for points."""
    is_consultation = page.cached_content_type.model_class() is ConsultationPage
    may_see = is_consultation and user.has_perm(STAFF_PERMISSION) and holds_key_to(page, user)
    if may_see and asks_for_points(page.pk):
        address = reverse("answer_points", args=(page.pk,))
        yield Button(_("Places on the map"), address, icon_name="site", priority=72)
