"""Where translations meet the admin."""

from typing import Any

from wagtail import hooks

from consultations.translations import admin


@hooks.register("register_admin_urls")
def addresses() -> Any:
    """The boxes beside comments, and the queue of proposals."""
    return admin.urlpatterns


@hooks.register("register_admin_menu_item")
def translations() -> Any:
    """The way to the queue."""
    return admin.menu_item()
