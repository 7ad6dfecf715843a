"""“Pages” in the menu of the editing screens."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.wagtail_hooks import ExplorerMenuItem
from wagtail.models import Site
from wagtail.permissions import policy_registry

from partnership.pages.models import BasePage
from partnership.serving.at_hand import site_of


class PagesMenuItem(ExplorerMenuItem):
    """Begins below the front page of the only site: nobody writes beside it."""

    def render_component(self, request: HttpRequest) -> Any:
        shown = super().render_component(request)
        start = policy_registry.get_by_type(BasePage).explorable_root_instance(request.user)
        if start is not None and start.is_root():  # known by now, and not asked again
            shown.start_page_id = _only_front_page(request) or start.pk
        return shown


def _only_front_page(request: HttpRequest) -> int | None:
    """Return the front page where there is no other; what Wagtail remembers is not asked again."""
    site = site_of(request)
    is_only = len({each.site_id for each in Site.get_site_root_paths()}) == 1
    return site.root_page_id if site and is_only else None


def begin_at_the_front_page(entries: list[MenuItem]) -> None:
    """Put ours in the place of Wagtail's entry for pages."""
    for place, entry in enumerate(entries):
        if type(entry) is ExplorerMenuItem:
            options = {"icon_name": entry.icon_name, "order": entry.order}
            entries[place] = PagesMenuItem(entry.label, entry.url, name=entry.name, **options)
