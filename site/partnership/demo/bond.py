"""The demo's bond: what it rests on in each city, and a year in which it was limited."""

from typing import Any

from home.continuity.models import Instrument, StatusChange
from home.continuity.services import ask_for_status
from home.models import PartnershipSettings
from partnership.demo.calendar import DemoCalendar
from partnership.demo.people import DemoPeople
from partnership.demo.signatures import asked_for, sign
from partnership.demo.texts import columns, read

DAYS = ("adopted", "valid_from", "valid_until", "ended")


def make_bond(people: DemoPeople, calendar: DemoCalendar) -> None:
    """Write down the bond and its instruments, and let both cities sign how its status went."""
    content = read("bond")
    bond = PartnershipSettings.load()
    bond.signed_on = content["signed_on"]
    bond.valid_until = calendar.day(content["valid_until"])
    bond.save()
    for entry in content["instruments"]:
        _instrument(entry, people, calendar)
    for entry in content["status"]:
        _change(entry, people, calendar)


def _instrument(entry: dict[str, Any], people: DemoPeople, calendar: DemoCalendar) -> None:
    days = {name: calendar.day(entry[name]) for name in DAYS if name in entry}
    Instrument.objects.create(
        city=people.cities[entry["city"]],
        kind=entry["kind"],
        reference=entry["reference"].format(year=days["adopted"].year),
        adopted_on=days["adopted"],
        valid_from=days["valid_from"],
        valid_until=days.get("valid_until"),
        ended_on=days.get("ended"),
        **columns(title=entry["title"], summary=entry["summary"], binds=entry["binds"]),
    )


def _change(entry: dict[str, Any], people: DemoPeople, calendar: DemoCalendar) -> None:
    change = StatusChange(status=entry["status"], **columns(reason=entry["reason"]))
    if "until" in entry:
        change.until = calendar.day(entry["until"])
    at = calendar.noon(calendar.day(entry["settled"]))
    with asked_for(at):
        request = ask_for_status(change, by=people.accounts[entry["asked_by"]])
    sign(request, entry["signed_by"], people, at=at)
    StatusChange.objects.filter(pk=change.pk).update(settled_at=at)  # in the story, not today
