"""Places at events."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    name = "events.registrations"
    label = "registrations"
    verbose_name = _("registrations")

    def ready(self) -> None:
        from events.registrations import mail_examples
        from events.registrations.participation import places
        from partnership.people import participation

        participation.section(places, order=10)
        mail_examples.register()
