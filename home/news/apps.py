"""News by mail, for whoever asked for it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "home.news"
    label = "news"
    verbose_name = _("news by mail")

    def ready(self) -> None:
        from home.news import copies, keeping, services, telling
        from partnership.interface import framing
        from partnership.outbox import clock
        from partnership.people import copies as everything
        from partnership.people import erasure, guests, participation, unused

        clock.on_tick(telling.tell_news)
        clock.on_tick(telling.forget_old_letters, every=3600)
        guests.keep_while(keeping.readers)
        unused.keep_while(keeping.accounts)
        guests.on_claim(services.merge)
        erasure.on_erase(services.forget)
        everything.hold(*copies.HELD)
        participation.section(copies.news, order=97)
        framing.link_in_the_foot(
            framing.Link("news", _("News by mail"), keeping.something_to_tell, framing.TOLD),
            order=5,
        )
