"""Publish, change and end alerts, note tests of channels, and who wants to hear."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from home.alerts.enums import Act, Reach
from home.alerts.models import Alert, AlertStep, AlertWish, Channel, ChannelTest
from partnership.cities.models import City
from partnership.outbox.services import forget_about
from partnership.people.models import Resident
from partnership.serving import public_changed


@transaction.atomic
def note(alert: Alert, act: Act, *, by: Resident) -> AlertStep:
    """Write down what somebody did with an alert, for which city; pages change on commit."""
    own = own_cities(alert.cities.all() or City.objects.all(), by)
    public_changed()
    return AlertStep.objects.create(alert=alert, act=act, city=next(iter(own), None), done_by=by)


@transaction.atomic
def end(alert: Alert, *, by: Resident) -> bool:
    """Declare the alert over; False when it was over already. By compare-and-set.

    Mails about it that have not left yet are dropped.
    """
    now = timezone.now()
    lasts = Alert.objects.filter(pk=alert.pk, ended_at=None, ends_at__gt=now)
    if lasts.update(ended_at=now) != 1:
        return False
    forget_about(alert)
    note(alert, Act.ENDED, by=by)
    return True


def own_cities(cities: Iterable[City], editor: Resident) -> list[City]:
    """Return those of the cities that this person works for, in their order."""
    own = set(editor.edits_for.values_list("pk", flat=True))
    return [city for city in cities if city.pk in own]


def note_test(channel: Channel, *, city: City) -> bool:
    """Note that the city tried the channel today, by its clock; False when that was noted."""
    tested_on = timezone.localdate(timezone=ZoneInfo(city.time_zone))
    _test, is_new = ChannelTest.objects.get_or_create(
        channel=channel, city=city, tested_on=tested_on
    )
    public_changed()
    return is_new


@transaction.atomic
def wish(resident: Resident, *, reach: Reach | None) -> None:
    """Write to this resident about such alerts from now on; None stops it."""
    if reach is None:
        AlertWish.objects.filter(resident=resident).delete()
    else:
        AlertWish.objects.update_or_create(resident=resident, defaults={"reach": reach})
