"""How far an initiative is on its way, and what is overdue where nobody measures it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from consultations.initiatives.models import InitiativePage, InitiativeReading
from consultations.initiatives.overdue import neglected, unmeasured
from consultations.initiatives.period import period_of
from partnership import continuity
from partnership.continuity import Concern
from tests.factories.cities import city_pair
from tests.factories.initiatives import TODAY, add_indicator, make_campaign, make_programme


def day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


def words(found: Iterable[Concern]) -> list[str]:
    return [concern.words for concern in found]


@pytest.mark.parametrize(
    ("first", "last", "today", "said", "share"),
    [
        ("2025-01-01", "2028-12-31", "2026-11-27", "Year 2 of 4", 47.6),
        ("2025-01-01", "2028-12-31", "2024-12-31", "It has not begun yet", 0),
        ("2025-01-01", "2028-12-31", "2028-12-31", "Year 4 of 4", 100),
        ("2025-01-01", "2028-12-31", "2029-01-01", "It is over", 100),
        ("2025-01-01", "2026-01-15", "2026-01-10", "Year 2 of 2", 98.7),
        ("2026-01-31", "2026-06-15", "2026-03-01", "Month 2 of 5", 22.1),
        ("2026-05-01", "2026-05-10", "2026-05-05", "Day 5 of 10", 50),
        ("2024-05-01", "", "2026-05-01", "Year 3", None),
    ],
)
def test_a_period_is_told_in_years_months_or_days(
    first: str, last: str, today: str, said: str, share: float | None
) -> None:
    end = date.fromisoformat(last) if last else None

    period = period_of(date.fromisoformat(first), end, date.fromisoformat(today))

    assert period.progress == said
    assert (period.share and round(period.share, 1)) == share


def test_a_period_names_its_days() -> None:
    first = date(2025, 1, 1)

    both = period_of(first, date(2028, 12, 31), first).words
    assert both == "From 1 January 2025 to 31 December 2028"
    assert period_of(first, None, first).words == "From 1 January 2025 on, with no end set"


@pytest.mark.django_db
@pytest.mark.both
def test_a_campaign_that_nobody_measured_after_its_end_is_a_concern(site_tree: Any) -> None:
    page = make_campaign(starts_on=day(200), ends_on=day(61))
    measure = add_indicator(page, day(90), day(61))

    (concern,) = unmeasured(TODAY)

    assert concern.words == "“Two harbours” is over, and nobody has measured since what it changed."
    assert concern.edit_url == f"/admin/pages/{page.pk}/edit/"
    assert (concern.due, concern.cities) == (day(1), city_pair())
    assert words(unmeasured(day(1))) == []  # sixty days are not over yet
    late = {"indicator": measure, "read_on": day(60), "value": 1, "city": city_pair()[0]}
    InitiativeReading.objects.create(**late)
    assert words(unmeasured(TODAY)) == []
    InitiativeReading.objects.all().delete()
    assert len(words(unmeasured(TODAY))) == 1
    InitiativePage.objects.update(live=False)
    assert words(unmeasured(TODAY)) == []


@pytest.mark.django_db
@pytest.mark.both
def test_a_programme_that_nobody_measures_while_it_runs_is_a_concern(site_tree: Any) -> None:
    page = make_programme(starts_on=day(366))

    (concern,) = neglected(TODAY)

    assert concern.words == "“One incubator” runs, and nobody has measured anything for a year."
    assert concern.due == day(1)
    assert words(neglected(day(1))) == []
    add_indicator(page, day(366))
    assert len(words(neglected(TODAY))) == 1
    add_indicator(page, day(365))
    assert words(neglected(TODAY)) == []
    InitiativePage.objects.update(starts_on=day(900), ends_on=day(1))
    assert words(neglected(TODAY + timedelta(days=900))) == []  # it is over


def test_both_are_asked_with_the_others() -> None:
    known = {check.name for check in continuity.checks()}

    assert {"campaigns.measured", "programmes.measured"} <= known
