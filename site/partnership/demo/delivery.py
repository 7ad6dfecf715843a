"""What the demo's promises cost, change and when, as the file of its roadmaps tells."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from consultations.roadmap.delivery.models import BudgetLine, Indicator, Milestone, Reading
from consultations.roadmap.models import Commitment
from partnership.cities.models import City
from partnership.demo.calendar import DemoCalendar
from partnership.demo.texts import columns, read

NO_WORDS = {"en": "", "es": ""}


class DemoDelivery:
    """Writes down below a promise what its row holds; days count from that roadmap's year."""

    def __init__(self, cities: dict[str, City], calendar: DemoCalendar, years_ago: int) -> None:
        self.cities, self.calendar = cities, calendar
        self.back = timedelta(days=365 * years_ago)

    def write(self, commitment: Commitment, row: dict[str, Any]) -> None:
        """Make the lines, the indicators with their readings, and the milestones."""
        for number, line in enumerate(row.get("lines", ())):
            BudgetLine.objects.create(commitment=commitment, sort_order=number, **self.line(line))
        for number, measure in enumerate(row.get("indicators", ())):
            indicator = Indicator.objects.create(
                commitment=commitment, sort_order=number, **measured(measure)
            )
            for taken in measure["readings"]:
                Reading.objects.create(indicator=indicator, **self.read(taken))
        for number, stone in enumerate(row.get("milestones", ())):
            Milestone.objects.create(commitment=commitment, sort_order=number, **self._stone(stone))

    def line(self, line: dict[str, Any]) -> dict[str, Any]:
        """What a budget line holds."""
        city, rates = self.cities[line["city"]], read("roadmaps")["rates"]
        return {
            **columns(what=line["what"]),
            "city": city,
            **{name: Decimal(str(line[name])) for name in ("planned", "committed", "spent")},
            "exchange_rate": Decimal(rates[city.currency]),
            "rate_on": self.calendar.day(rates["day"]),
            "rate_source": rates["source"],
            "procurement_reference": line.get("reference", ""),
        }

    def read(self, row: dict[str, Any]) -> dict[str, Any]:
        """What a reading holds."""
        return {
            "read_on": self._day(row["day"]),
            "value": row["value"],
            "city": self.cities[row["city"]],
            **columns(source=row.get("source", NO_WORDS)),
        }

    def _stone(self, row: dict[str, Any]) -> dict[str, Any]:
        reached = row.get("reached_day")
        return {
            **columns(what=row["what"]),
            "city": self.cities[row["city"]],
            "planned_on": self._day(row["day"]),
            "reached_on": None if reached is None else self._day(reached),
        }

    def _day(self, offset: int) -> Any:
        return self.calendar.day(offset) - self.back


def measured(measure: dict[str, Any]) -> dict[str, Any]:
    """What an indicator holds, without its readings."""
    words = columns(**{name: measure[name] for name in ("what", "unit", "method")})
    return {"baseline": measure["baseline"], "target": measure["target"], **words}
