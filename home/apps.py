"""The front page, pages of text and stories."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    label = "home"
    verbose_name = _("front page and texts")

    def ready(self) -> None:
        from events.listing import kind_links  # needs every model to be loaded
        from events.reports import handing_over
        from home.sessions import pass_on
        from partnership.interface import menu

        menu.register("events.eventindexpage", kind_links)
        handing_over.register(pass_on)
