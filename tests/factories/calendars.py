"""A reader of calendar files that forgives nothing, beside the library's, which does."""

from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar

#: What RFC 5545 asks of a calendar and of each entry in it.
OF_A_CALENDAR = {"PRODID", "VERSION"}
OF_AN_ENTRY = {"UID", "DTSTAMP", "DTSTART"}
LONGEST_LINE = 75


def read_strictly(content: bytes) -> Calendar:
    """Return what the file says; fails on whatever a strict reader would stumble over."""
    assert content.endswith(b"\r\n")
    for line in content.removesuffix(b"\r\n").split(b"\r\n"):
        assert line, "an empty line"
        assert len(line) <= LONGEST_LINE, line
        assert not set(line) & set(b"\r\n\x00"), line
    calendar = Calendar.from_ical(content)
    assert [part.errors for part in calendar.walk() if part.errors] == []
    assert set(calendar) >= OF_A_CALENDAR
    entries = calendar.walk("VEVENT")
    assert all(set(entry) >= OF_AN_ENTRY for entry in entries)
    assert len({entry["UID"] for entry in entries}) == len(entries)
    known = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    assert zones_named_in(entries) == known
    return calendar


def zones_named_in(entries: list[Any]) -> set[str]:
    """The zones of all times in the entries; each must come along with its rules."""
    named = {
        value.params.get("TZID")
        for entry in entries
        for name in ("DTSTART", "DTEND")
        if (value := entry.get(name)) is not None
    }
    return named - {None}


def by_its_own_rules(calendar: Calendar, entry: Any, name: str) -> datetime:
    """Return an instant as the zone in the file tells it, whatever the reader knows of zones."""
    value = entry[name]
    zone_name = value.params.get("TZID")
    if zone_name is None:
        return value.dt.astimezone(UTC)
    zones = {str(zone["TZID"]): zone for zone in calendar.walk("VTIMEZONE")}
    own_zone = zones[zone_name].to_tz(lookup_tzid=False)
    return value.dt.replace(tzinfo=own_zone).astimezone(UTC)
