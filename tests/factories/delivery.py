"""Money, indicators and milestones for tests, and the forms they are written down in."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from consultations.roadmap.delivery.models import BudgetLine, Indicator, Milestone, Reading
from consultations.roadmap.models import Commitment
from tests.factories.cities import city_pair
from tests.factories.roadmap import in_every_language, make_commitment

ROWS = ("budget_lines", "milestones", "indicators", "evidence")
#: The day of rates and readings, which is never to come.
DAY = date(timezone.now().year, 1, 1)
RATE = {"exchange_rate": Decimal("1.17"), "rate_on": DAY, "rate_source": "European Central Bank"}


def two_moneys() -> tuple[Any, Any]:
    """Alder Bay, which pays in pounds, and Puerto Almendro, which pays in euros."""
    alder, puerto = city_pair()
    alder.currency = "GBP"
    alder.save()
    return alder, puerto


def make_line(commitment: Commitment | None = None, **fields: Any) -> BudgetLine:
    """A line that Alder Bay pays, with 100 planned."""
    values = {"city": fields.pop("city", None) or city_pair()[0], "planned": Decimal(100)}
    words = in_every_language(what=fields.pop("what", "Stones"))
    commitment = commitment or make_commitment()
    return BudgetLine.objects.create(commitment=commitment, **{**values, **words, **fields})


def make_indicator(
    commitment: Commitment | None = None, *readings: Any, **fields: Any
) -> Indicator:
    """Days to a permit; ``readings`` are values, the first of them read on the first of January."""
    words = in_every_language(what="Wait for a permit", unit="days", method="Counted by hand.")
    indicator = Indicator.objects.create(
        commitment=commitment or make_commitment(), **{**words, **fields}
    )
    for number, value in enumerate(readings):
        make_reading(indicator, value=value, read_on=date(DAY.year - number, 1, 1))
    return indicator


def make_reading(indicator: Indicator, **fields: Any) -> Reading:
    """What Alder Bay measured."""
    values = {"value": 4, "read_on": DAY, "city": city_pair()[0]}
    return Reading.objects.create(indicator=indicator, **{**values, **fields})


def make_milestone(commitment: Commitment | None = None, **fields: Any) -> Milestone:
    """A step of Alder Bay, planned for the first of January."""
    values = {"planned_on": DAY, "city": city_pair()[0], **in_every_language(what="Tender")}
    return Milestone.objects.create(
        commitment=commitment or make_commitment(), **{**values, **fields}
    )


def rows(prefix: str, *written: dict[str, Any], stored: int = 0) -> dict[str, Any]:
    """A set of rows of a form; the first ``stored`` of them are there already."""
    form: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": len(written),
        f"{prefix}-INITIAL_FORMS": stored,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for place, row in enumerate(written):
        values = {"id": "", "ORDER": place, **row}
        form |= {f"{prefix}-{place}-{name}": value for name, value in values.items()}
    return form


def no_rows() -> dict[str, Any]:
    """The form of a commitment that has nothing below it."""
    return {name: value for prefix in ROWS for name, value in rows(prefix).items()}


def typed_line(line: BudgetLine | None = None, **fields: Any) -> dict[str, Any]:
    """A line as the form holds it; a new one of Alder Bay unless told."""
    names = ("planned", "committed", "spent", "exchange_rate", "rate_on", "rate_source")
    if line is None:
        stored = {"city": city_pair()[0].pk, "planned": 0, "committed": 0, "spent": 0}
        return {**stored, **in_every_language(what="Stones"), **fields}
    values = {name: getattr(line, name) for name in (*names, *in_every_language(what=""))}
    shown = {name: "" if value is None else value for name, value in values.items()}
    return {"id": line.pk, "city": line.city_id, **shown, **fields}


def filled(promise: Commitment, **fields: Any) -> dict[str, Any]:
    """The form of a commitment as the screen shows it, but for these fields.

    It has the evidence and the lines; milestones and indicators are left to the test.
    """
    words = {
        name: getattr(promise, name) or ""
        for name in in_every_language(title="", description="", theme="", not_measured="")
    }
    evidence = [
        {"id": row.pk, "disposition": row.disposition, "statement": row.statement_id}
        for row in promise.evidence.all()
    ]
    lines = [typed_line(line) for line in promise.budget_lines.all()]
    facts = ("number", "status", "due_on", "finished_on", "planned", "spent", "currency")
    return {
        **words,
        **{name: "" if (value := getattr(promise, name)) is None else value for name in facts},
        "roadmap": promise.roadmap_id,
        "led_by": [city.pk for city in promise.led_by.all()],
        **no_rows(),
        **rows("budget_lines", *lines, stored=len(lines)),
        **rows("evidence", *evidence, stored=len(evidence)),
        **fields,
    }
