"""How the editing screens look and are found, and what their front page tells of the site."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.ui.components import Component

from partnership.interface import desk_menu
from partnership.interface.catalogues import unfinished


class UnfinishedLanguages(Component):
    """The partner languages that lack words of the interface."""

    order = 350
    template_name = "interface/admin/unfinished_languages.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"lines": unfinished()}


@hooks.register("construct_homepage_panels")
def tell_of_unfinished_languages(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.is_superuser and unfinished():
        panels.append(UnfinishedLanguages())


@hooks.register("insert_global_admin_css")
def how_the_first_screen_looks() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/home.css"))


@hooks.register("construct_main_menu", order=100)  # once entries nobody needs are left out
def what_belongs_together(request: HttpRequest, menu_items: list[Any]) -> None:
    desk_menu.gather(request, menu_items)
