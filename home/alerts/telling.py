"""Write at once to everybody who asked for it, each once about an alert."""

from django.db import transaction
from django.db.models import F, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from home.alerts import mail
from home.alerts.enums import Reach
from home.alerts.models import Alert
from partnership.cities.models import City
from partnership.outbox.services import post
from partnership.people.models import Resident

#: Mails written in one transaction, while whoever ends the alert waits.
TOLD_AT_ONCE = 100
#: Mails written about one alert before the clock goes on, so that the first leave at once.
TOLD_IN_A_ROUND = 500


def tell_of_alerts() -> int:
    """Write about every alert in force to whom it concerns; return to how many.

    Safe to run twice and at the same time: the alert is locked, and notes in the same
    transaction up to which resident it was told. A change of the alert mails nobody again.
    """
    return sum(tell_of(key) for key in Alert.objects.to_be_told().values_list("pk", flat=True))


def tell_of(key: int) -> int:
    """Write about one alert, some people at a time; the next round goes on behind them."""
    told, number = 0, TOLD_AT_ONCE
    while number == TOLD_AT_ONCE and told < TOLD_IN_A_ROUND:
        number = _tell_some(key)
        told += number
    return told


@transaction.atomic
def _tell_some(key: int) -> int:
    alert = Alert.objects.to_be_told().select_for_update(of=("self",)).filter(pk=key).first()
    if alert is None:
        return 0
    residents = list(who_asked(alert).filter(pk__gt=alert.told_up_to)[:TOLD_AT_ONCE])
    cities = list(City.objects.all())
    prefetch_related_objects([alert], "cities")  # every mail names them
    for resident in residents:
        post(**mail.of_alert(resident, alert, cities))
    if len(residents) < TOLD_AT_ONCE:
        alert.told_at = timezone.now()
    if residents:
        alert.told_up_to = residents[-1].pk
    alert.save(update_fields=("told_at", "told_up_to"))
    return len(residents)


def who_asked(alert: Alert) -> QuerySet[Resident]:
    """Return the residents who want to hear of it and confirmed their address, in one order."""
    about = list(alert.cities.values_list("pk", flat=True))
    at_home = Q(city__in=about) if about else Q(city__isnull=False)
    wanted = Q(alert_wish__reach=Reach.ALL) | Q(at_home, alert_wish__reach=Reach.HOME)
    confirmed = {"emailaddress__verified": True, "emailaddress__email__iexact": F("email")}
    return Resident.objects.filter(wanted, is_active=True, **confirmed).distinct().order_by("pk")
