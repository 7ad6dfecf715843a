"""The cities and their neighbourhoods in the admin."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from partnership.cities.forms import CityForm
from partnership.cities.logos import make_ready
from partnership.cities.models import City, Neighbourhood
from partnership.cities.viewsets import NeighbourhoodViewSet, OfOwnCity
from partnership.pages.panels import side_by_side
from partnership.pages.two_hands.views import AddThing, EditThing
from partnership.review.services import keep_steps


class NoCityIsDeleted(ModelPermissionPolicy):
    """Residents, votes and promises belong to a city: it can be changed, never deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and bool(super().user_has_permission(user, action))


register_permission_policy(City, NoCityIsDeleted(City))
register_permission_policy(Neighbourhood, OfOwnCity(Neighbourhood))


class KeepsReviews:
    """Every page sent to be read is sent to the cities there are, by their names."""

    def save_instance(self) -> City:
        city: City = super().save_instance()
        keep_steps()
        make_ready(city)
        return city


class AddCity(KeepsReviews, AddThing):
    """Makes a city that joins."""

    def get_initial_form_instance(self) -> City:
        last = City.objects.order_by("position").last()
        if last is None:
            return City(position=0)
        return City(position=last.position + 1, joined_on=timezone.localdate())


class EditCity(KeepsReviews, EditThing):
    """Changes a city."""


class CityViewSet(ModelViewSet):
    """List and change the cities."""

    model = City
    icon = "home"
    menu_label = _("Cities")
    add_to_settings_menu = True
    ordering = ("position",)
    list_display = ("name", "code", "position", "language_code", "time_zone", "currency")
    search_fields = ("code",)
    copy_view_enabled = False
    add_view_class = AddCity
    edit_view_class = EditCity
    edit_handler = ObjectList(
        (
            side_by_side("name"),
            FieldRowPanel(("code", "position")),
            MultiFieldPanel(
                (
                    FieldRowPanel(("language_code", "time_zone")),
                    "currency",
                    FieldRowPanel(("population", "population_year")),
                    FieldRowPanel(("joined_on", "left_on")),
                    "ink",
                    "logo",
                    "translation_gate",
                ),
                heading=_("What belongs to the city"),
            ),
            MultiFieldPanel(("address", "contact_email"), heading=_("How to reach the city hall")),
        ),
        base_form_class=CityForm,
    )


@hooks.register("register_admin_viewset")
def cities() -> CityViewSet:
    return CityViewSet()


@hooks.register("register_admin_viewset")
def neighbourhoods() -> NeighbourhoodViewSet:
    return NeighbourhoodViewSet()
