"""What the partnership changes in the editors' rooms."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from partnership.pages.viewsets import CityPageViewSet

#: Menus of things this site has no use for.
UNUSED_MENUS = {"help"}


@hooks.register("register_admin_viewset", order=10)  # after Wagtail's own, which it replaces
def pages_with_cities() -> CityPageViewSet:
    return CityPageViewSet()


@hooks.register("construct_main_menu")
def leave_out_unused_menus(request: HttpRequest, menu_items: list[Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_MENUS]
