"""Who took part hears what becomes of it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

#: Seconds between two looks at the promises.
WATCHED_EVERY = 60


class FollowingConfig(AppConfig):
    name = "consultations.following"
    label = "following"
    verbose_name = _("mails about what became of it")

    def ready(self) -> None:
        from consultations.following import (
            claiming,
            copies,
            delivered,
            forgetting,
            mail_examples,
            people,
            telling,
            watching,
        )
        from consultations.following.participation import mails
        from partnership.outbox.clock import on_tick
        from partnership.people import erasure, guests, participation, unused

        on_tick(watching.watch, every=WATCHED_EVERY)
        on_tick(delivered.watch_deliveries, every=WATCHED_EVERY)
        on_tick(telling.tell_of_promises)
        on_tick(telling.tell_of_deliveries)
        on_tick(telling.tell_of_replies)
        guests.keep_while(people.guests_to_write_to)
        unused.keep_while(people.accounts_to_write_to)
        guests.on_claim(claiming.merge)
        erasure.on_erase(forgetting.forget)
        copies.register()
        mail_examples.register()
        participation.section(mails, order=90)
