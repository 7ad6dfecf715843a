"""Residents, their accounts, and whoever takes part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "partnership.people"
    label = "people"
    verbose_name = _("people")

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed, user_logged_in
        from allauth.socialaccount.signals import social_account_added

        from partnership.outbox import clock, letters
        from partnership.people import (
            guests,
            no_waiting,
            own_links,
            own_rows,
            roles,
            services,
            tokens,
            unused,
        )
        from partnership.people.identity import leaving, second_step
        from partnership.people.identity.services import note_connected

        own_rows.register()
        roles.listen()
        letters.tell("own_url", own_links.own_url)
        letters.tell("no_waiting_url", no_waiting.url_for)
        clock.on_tick(tokens.purge, every=3600)
        clock.on_tick(services.forget_unconfirmed, every=3600)
        clock.on_tick(services.forget_ended_sessions, every=3600)
        clock.on_tick(guests.forget_contacts, every=3600)
        clock.on_tick(unused.see_to_unused, every=3600)
        email_confirmed.connect(services.claim_confirmed, dispatch_uid="people.claim_guest")
        email_confirmed.connect(services.doubt_password, dispatch_uid="people.doubt_password")
        user_logged_in.connect(second_step.note, dispatch_uid="people.second_step")
        user_logged_in.connect(services.keep_admin_clock, dispatch_uid="people.admin_clock")
        user_logged_in.connect(leaving.note, dispatch_uid="people.came_through")
        social_account_added.connect(note_connected, dispatch_uid="people.identity")
