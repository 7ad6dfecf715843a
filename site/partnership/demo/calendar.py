"""The demo's dates: all counted from the day it was made, so that something is always open."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class DemoCalendar:
    """Turns day counts into dates; ``today`` is the day the demo was made."""

    today: date

    def day(self, offset: int) -> date:
        """Return the date that many days after today (before, when negative)."""
        return self.today + timedelta(days=offset)

    def instant(self, moment: dict[str, Any], zone: str) -> datetime:
        """Return the instant of ``{"day": 12, "time": "10:00"}`` on that zone's clock."""
        wall = datetime.combine(
            self.day(moment["day"]), time.fromisoformat(moment.get("time", "00:00"))
        )
        return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

    def day_in_year(self, offset: int, year: int) -> date:
        """Return the date, moved to the first or last day of that year when outside it."""
        return min(max(self.day(offset), date(year, 1, 1)), date(year, 12, 31))

    def noon(self, day: date) -> datetime:
        """Return noon of a day that has been; of today, the start of it."""
        return min(datetime.combine(day, time(12), tzinfo=UTC), self.now)

    @property
    def now(self) -> datetime:
        """The start of the day the demo was made; nothing in it happened after that."""
        return datetime.combine(self.today, time.min, tzinfo=UTC)
