"""The front page, pages of text and stories."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    label = "home"
    verbose_name = _("front page and texts")

    def ready(self) -> None:
        from events.listing import kind_links  # needs every model to be loaded
        from events.reports import handing_over
        from home.groups import after_migrations
        from home.sessions import pass_on
        from partnership.interface import desk_menu, menu

        desk_menu.drawer("partnership", _("The partnership"), icon="key", order=258)
        menu.register("events.eventindexpage", kind_links)
        handing_over.register(pass_on)
        # Permissions are made app by app: those of ours are there when the last one is told.
        *_others, last = (app for app in apps.get_app_configs() if app.models_module)
        post_migrate.connect(after_migrations, sender=last)
