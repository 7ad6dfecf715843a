"""Residents, their accounts, and whoever takes part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "partnership.people"
    label = "people"
    verbose_name = _("people")

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed

        from partnership.outbox import clock, letters
        from partnership.people import guests, own_links, own_rows, services, tokens

        own_rows.register()
        letters.tell("own_url", own_links.own_url)
        clock.on_tick(tokens.purge, every=3600)
        clock.on_tick(services.forget_unconfirmed, every=3600)
        clock.on_tick(services.forget_ended_sessions, every=3600)
        clock.on_tick(guests.forget_contacts, every=3600)
        email_confirmed.connect(guests.claim_confirmed, dispatch_uid="people.claim_guest")
