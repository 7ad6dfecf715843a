"""Alerts as the search finds them: those that readers have seen."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from home.alerts.models import Alert
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import localized

TEXTS = ("title", "text")


def alerts(language: str) -> QuerySet:
    """The alerts that have begun, the latest first."""
    words = words_in(*(localized(name, language) for name in TEXTS))
    return Alert.objects.public().annotate(words=words)


def tell(alert: Alert) -> Told:
    """The alert, and the day it began on."""
    return Told(
        title=alert.title,
        url=alert.get_absolute_url(),
        text=alert.text,
        day=alert.starts_at.date(),
    )


ALERTS = Source(name="alerts", heading=_("Alerts"), rows=alerts, tell=tell)
