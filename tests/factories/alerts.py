"""Alerts and channels for tests: an alert in force about all cities, a channel of the pair."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from home.alerts.groups import ensure_groups
from home.alerts.models import Alert, AlertWish, Channel, ChannelOffice, ChannelTest
from partnership.cities.models import City
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.events import in_every_language
from tests.factories.groups import make_groups
from tests.factories.official import editor_of

HOUR = timedelta(hours=1)


def make_alert(title: str = "Keep away", *, cities: Any = (), **fields: Any) -> Alert:
    """An alert that began an hour ago and lasts for another; about all cities unless given."""
    now = timezone.now()
    values = {"starts_at": now - HOUR, "ends_at": now + HOUR}
    words = {**in_every_language("title", title), **in_every_language("text", "Stay at home.")}
    city_pair()
    alert = Alert.objects.create(**{**values, **words, **fields})
    alert.cities.set(cities)
    return alert


def make_channel(*cities: City, purpose: str = "When telephones fail", **fields: Any) -> Channel:
    """A public channel, for which both cities of the tests answer unless others are given."""
    words = {
        **in_every_language("purpose", purpose),
        **in_every_language("primary_way", "Channel 12"),
    }
    channel = Channel(**{"primary_is_public": True, **words, **fields})
    office = in_every_language("office", "Harbour master")
    channel.offices = [ChannelOffice(city=city, **office) for city in cities or city_pair()]
    channel.save()
    return channel


def was_tested(channel: Channel, city: City, day: date) -> ChannelTest:
    """A test of the channel by a city."""
    return ChannelTest.objects.create(channel=channel, city=city, tested_on=day)


def wish_of(resident: Resident, reach: str = "all") -> AlertWish:
    """The resident's wish to hear of alerts."""
    return AlertWish.objects.create(resident=resident, reach=reach)


def alerter_of(*cities: City, **fields: Any) -> Resident:
    """An editor of these cities, who may alert them and keeps their channels."""
    editor = editor_of(*cities, **fields)
    make_groups(ensure_groups, last="add_emergencynumbers")
    return editor
