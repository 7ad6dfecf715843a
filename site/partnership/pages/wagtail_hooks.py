"""What the partnership changes in the editors' rooms."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet

from partnership.pages import menu
from partnership.pages.keeping import keep_page, keep_page_public, keep_pages
from partnership.pages.overview import report
from partnership.pages.overview.desk import LanguagesOnTheDesk
from partnership.pages.permissions import city_keys
from partnership.pages.undescribed import tell_of_undescribed_photos
from partnership.pages.viewsets import CityPageViewSet
from partnership.pages.wording.doors import PublishWhatIsReady

#: Menus of things this site has no use for.
UNUSED_MENUS = {"help"}


@hooks.register("register_admin_viewset", order=10)  # after Wagtail's own, which it replaces
def pages_with_cities() -> CityPageViewSet:
    return CityPageViewSet()


@hooks.register("construct_page_chooser_queryset")
def only_what_they_may_read(pages: Any, request: HttpRequest) -> Any:
    """No draft and no private page of another city is found where a page is chosen."""
    return pages.filter(pk__in=city_keys(request.user).readable().values("pk"))


@hooks.register("insert_global_admin_css")
def how_languages_look() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/languages.css"))


@hooks.register("insert_editor_js")
def saved_in_turn() -> str:
    return _modules("js/saving.js", "js/tabs.js")


def _modules(*files: str) -> str:
    script = '<script type="module" src="{}"></script>'
    return format_html_join("", script, ((static(file),) for file in files))


@hooks.register("insert_global_admin_js")
def days_as_they_were_typed() -> str:
    return format_html('<script src="{}"></script>', static("js/dates.js"))


@hooks.register("register_admin_urls")
def addresses_of_the_report() -> Any:
    return report.urlpatterns


@hooks.register("register_reports_menu_item")
def report_of_languages() -> Any:
    return report.menu_item()


@hooks.register("construct_homepage_panels")
def languages_on_the_desk(request: HttpRequest, panels: list[Any]) -> None:
    """What waits for this editor, before Wagtail's own lists."""
    desk = LanguagesOnTheDesk(request.user)
    if desk.is_shown:
        panels.append(desk)


@hooks.register("construct_main_menu")
def leave_out_unused_menus(request: HttpRequest, menu_items: list[Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_MENUS]


@hooks.register("construct_main_menu")
def pages_below_the_front_page(request: HttpRequest, menu_items: list[Any]) -> None:
    menu.begin_at_the_front_page(menu_items)


# After Wagtail's own, which it replaces.
hooks.register("register_bulk_action", PublishWhatIsReady, order=10)
hooks.register("before_delete_page", keep_page)
hooks.register("before_unpublish_page", keep_page_public)
hooks.register("before_bulk_action", keep_pages)
hooks.register("after_publish_page", tell_of_undescribed_photos)
# Doors without hooks and forms, which no screen uses.
PagesAdminAPIViewSet.actions = {}
