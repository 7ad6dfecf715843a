"""Where translations meet the admin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from consultations.translations import admin


@hooks.register("register_admin_urls")
def addresses() -> Any:
    """The boxes beside comments, and the queue of proposals."""
    return admin.urlpatterns


@hooks.register("construct_homepage_summary_items")
def waiting_translations(request: HttpRequest, items: list[Any]) -> None:
    """What waits, where a moderator arrives."""
    items.append(admin.WaitingTranslations(request))


@hooks.register("register_admin_menu_item")
def translations() -> Any:
    """The way to the queue."""
    return admin.menu_item()
