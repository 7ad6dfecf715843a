"""What the demo's cities know: case studies, practices that stand on them, rules side by side."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from home.knowledge.models import (
    CaseStudyPage,
    CityRule,
    HarmonisedRulePage,
    KnowledgeIndexPage,
    PracticePage,
)
from partnership.cities.models import City
from partnership.demo.calendar import DemoCalendar
from partnership.demo.publishing import publish
from partnership.demo.texts import columns, read, stream
from partnership.pages.models import BasePage

OF_CASES = ("title", "theme", "summary", "context", "time_needed", "differently")
OF_PRACTICES = ("title", "theme", "summary", "used_by")
OF_RULES = ("title", "summary", "common_rule", "next_step")


def make_knowledge(
    home: BasePage,
    cities: Mapping[str, City],
    calendar: DemoCalendar,
    events: Mapping[str, Any],
    roadmaps: Mapping[int, Any],
    partners: Mapping[str, Any],
) -> None:
    """Publish the list with what stands in it."""
    content = read("knowledge")
    index = publish(
        KnowledgeIndexPage(**columns(**content["index"])), under=home, calendar=calendar
    )
    cases = {
        row["key"]: publish(_case(row, cities, events, roadmaps), under=index, calendar=calendar)
        for row in content["cases"]
    }
    for row in content["practices"]:
        page = PracticePage(evidence=row["evidence"], **_words(row, OF_PRACTICES))
        page.cases = [cases[key] for key in row["cases"]]
        page.used_in = [cities[code] for code in row.get("used_in", ())]
        page.partners = [partners[key] for key in row.get("partners", ())]
        publish(page, under=index, calendar=calendar)
    for row in content["rules"]:
        publish(_rule(row, cities, calendar), under=index, calendar=calendar)


def _words(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    texts = columns(**{name: row[name] for name in names if name in row})
    return {**texts, **stream("body", row["body"], name=row["key"])} if "body" in row else texts


def _case(
    row: dict[str, Any],
    cities: Mapping[str, City],
    events: Mapping[str, Any],
    roadmaps: Mapping[int, Any],
) -> CaseStudyPage:
    years_ago, number = row["commitment"]
    promise = roadmaps[years_ago].commitments.get(number=number)
    page = CaseStudyPage(
        outcome=row["outcome"],
        ended_on=promise.finished_on,
        cost=Decimal(row["cost"]),
        commitment=promise,
        event=events[row["event"]].eventpage_ptr if "event" in row else None,
        **_words(row, OF_CASES),
    )
    page.cities = [cities[code] for code in row["cities"]]
    return page


def _rule(
    row: dict[str, Any], cities: Mapping[str, City], calendar: DemoCalendar
) -> HarmonisedRulePage:
    page = HarmonisedRulePage(
        area=row["area"],
        gap=row["gap"],
        next_step_on=calendar.day(row["next_day"]),
        lead_city=cities[row["lead"]],
        **_words(row, OF_RULES),
    )
    page.city_rules = [
        CityRule(
            sort_order=place,
            city=cities[each["city"]],
            url=each.get("url", ""),
            **columns(text=each["text"], law=each["law"]),
        )
        for place, each in enumerate(row["cities"])
    ]
    return page
