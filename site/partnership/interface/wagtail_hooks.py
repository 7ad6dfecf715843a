"""What whoever looks after the site is told on the admin's front page."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

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
