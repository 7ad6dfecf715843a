"""The demo's alerts, which are over, and its channels for emergencies."""

from typing import Any

from home.alerts.enums import Act
from home.alerts.models import (
    Alert,
    AlertStep,
    Channel,
    ChannelOffice,
    ChannelTest,
    EmergencyNumbers,
)
from partnership.cities.models import City
from partnership.demo.calendar import DemoCalendar
from partnership.demo.people import DemoPeople
from partnership.demo.texts import columns, read


def make_alerts(people: DemoPeople, calendar: DemoCalendar) -> None:
    """Make two alerts that are over, three channels, one long untested, and whom to call."""
    content = read("alerts")
    for entry in content["alerts"]:
        _alert(entry, people, calendar)
    for entry in content["channels"]:
        _channel(entry, people, calendar)
    for entry in content["numbers"]:
        EmergencyNumbers.objects.create(
            city=people.cities[entry["city"]], **columns(text=entry["text"])
        )


def _alert(entry: dict[str, Any], people: DemoPeople, calendar: DemoCalendar) -> None:
    editor = people.accounts[entry["editor"]]
    city: City = editor.edits_for.get()

    def instant(name: str) -> Any:
        return calendar.instant(entry[name], city.time_zone) if name in entry else None

    alert = Alert.objects.create(
        level=entry["level"],
        starts_at=instant("from"),
        ends_at=instant("until"),
        ended_at=instant("over"),
        told_at=instant("from"),
        **columns(title=entry["title"], text=entry["text"]),
    )
    alert.cities.set([people.cities[code] for code in entry["cities"]])
    acts = {Act.PUBLISHED: alert.starts_at, Act.ENDED: alert.ended_at}
    for act, done_at in acts.items():
        if done_at:
            AlertStep.objects.create(
                alert=alert, act=act, city=city, done_by=editor, done_at=done_at
            )


def _channel(entry: dict[str, Any], people: DemoPeople, calendar: DemoCalendar) -> None:
    words = {name: entry[name] for name in ("purpose", "primary_way", "fallback_way")}
    channel = Channel(
        primary_is_public=entry["primary_is_public"],
        fallback_is_public=entry["fallback_is_public"],
        added_on=calendar.day(entry["added"]),
        **columns(**words),
    )
    channel.offices = [
        ChannelOffice(
            sort_order=number, city=people.cities[row["city"]], **columns(office=row["office"])
        )
        for number, row in enumerate(entry["offices"])
    ]
    channel.save()
    for row in entry["tests"]:
        ChannelTest.objects.create(
            channel=channel, city=people.cities[row["city"]], tested_on=calendar.day(row["day"])
        )
