"""Risks for tests, the smallest valid ones: of Alder Bay, public, rated 4 x 4, left 3 x 4."""

from datetime import date
from typing import Any

from django.utils import timezone

from consultations.risks.models import ContingencyPlan, PlanDuty, Risk, RiskOwner
from partnership.cities.models import City
from tests.factories.cities import city_pair
from tests.factories.roadmap import in_every_language

LEVELS = ("likelihood", "impact", "residual_likelihood", "residual_impact")


def rated(*levels: int) -> dict[str, int]:
    """The four numbers of a rating: ``rated(4, 4, 3, 4)``."""
    return dict(zip(LEVELS, levels, strict=True))


def make_risk(event: str = "A storm surge", **fields: Any) -> Risk:
    """A public risk, to be reviewed at the end of next year."""
    cities = fields.pop("cities", None) or [city_pair()[0]]
    threatens = fields.pop("threatens", ())
    values = {
        "kind": "nature",
        "review_by": date(timezone.localdate().year + 1, 12, 31),
        "is_published": True,
        **rated(4, 4, 3, 4),
        **in_every_language(event=event, cause="Wind.", effect="Water.", reason="Twice a year."),
    }
    risk = Risk.objects.create(**{**values, **fields})
    risk.cities.set(cities)
    risk.threatens.set(threatens)
    return risk


def make_owner(risk: Risk, city: City | None = None, **fields: Any) -> RiskOwner:
    """Who answers for it in a city, with the same office in every language."""
    office = in_every_language(office="Civil protection")
    return RiskOwner.objects.create(risk=risk, city=city or city_pair()[0], **office, **fields)


def make_plan(risk: Risk, **fields: Any) -> ContingencyPlan:
    """A public plan for the risk, with who does it in each of its cities."""
    actions = {
        "trigger": "Water over the quay",
        "first_action": "Close the gate",
        "second_action": "Warn everybody",
        "third_action": "Count the boats",
    }
    values = {"is_published": True, **in_every_language(**actions)}
    plan = ContingencyPlan.objects.create(risk=risk, **{**values, **fields})
    for city in risk.cities.all():
        by = {f"{number}_by": f"{number} crew" for number in ("first", "second", "third")}
        PlanDuty.objects.create(plan=plan, city=city, **in_every_language(**by))
    return plan
