"""Places at events."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    name = "events.registrations"
    label = "registrations"
    verbose_name = _("registrations")

    def ready(self) -> None:
        from events.registrations import copies, keeping, mail_examples
        from events.registrations.door import services as door
        from events.registrations.participation import places
        from events.registrations.services import claiming, consent, forgetting, timely
        from partnership.outbox import clock
        from partnership.people import erasure, guests, participation

        participation.section(places, order=10)
        guests.on_claim(claiming.merge)
        erasure.on_erase(forgetting.forget)
        guests.keep_while(timely.people_to_write_to)
        clock.on_tick(timely.expire_offers, every=5)
        clock.on_tick(consent.ask_guardians, every=5)
        clock.on_tick(consent.remind_guardians, every=60)
        clock.on_tick(consent.give_up_waiting, every=30)
        clock.on_tick(timely.offer_what_became_free, every=10)
        clock.on_tick(timely.close_lists, every=30)
        clock.on_tick(timely.tell_changes, every=30)
        clock.on_tick(timely.send_messages, every=5)
        clock.on_tick(timely.remind, every=60)
        clock.on_tick(door.mark_no_shows, every=60)
        clock.on_tick(timely.thank, every=60)
        clock.on_tick(timely.forget_details, every=3600)
        keeping.register()
        copies.register()
        mail_examples.register()
