"""Alerts on every page, and channels for emergencies."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    name = "home.alerts"
    label = "alerts"
    verbose_name = _("alerts and emergency channels")

    def ready(self) -> None:
        from home.alerts import band, concerns, finding, participation
        from home.alerts.telling import tell_of_alerts
        from partnership import continuity
        from partnership.interface import framing
        from partnership.outbox import clock
        from partnership.pages import finding as search
        from partnership.people import copies, unused
        from partnership.people import participation as own

        framing.know("has_alerts", band.lasting, asks_the_clock=True)
        framing.show_at_the_top(band.alerts_now)
        framing.link_in_the_foot(
            framing.Link(
                "emergency", _("In an emergency"), band.emergency_contacts, framing.WARNED
            ),
            order=1,
        )
        every = framing.Link(
            "alerts", _("Alerts"), band.every_alert, framing.WARNED, asks_the_clock=True
        )
        framing.link_in_the_foot(every, order=20)
        clock.on_tick(tell_of_alerts)
        search.register(finding.ALERTS, order=60)
        continuity.register(concerns.CHANNELS, order=70)
        copies.hold(participation.HELD)
        own.section(participation.mails, order=95)
        unused.keep_while(participation.accounts)
