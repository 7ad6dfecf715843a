"""The figures of a year as a review keeps them: codes and numbers of one day, and no prose.

Everything here can be signed, so amounts and readings are texts (``partnership.ledger.digests``).
A city is its code, a status or a measure its key; titles are kept in every language, because a
commitment may be called otherwise one day.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Prefetch

from consultations.reviews.querysets import judged
from consultations.roadmap.delivery.models import Indicator, cost_lines
from consultations.roadmap.delivery.money import Total, totals
from consultations.roadmap.delivery.presenting import sums_of
from consultations.roadmap.enums import OUTSTANDING, CommitmentStatus
from consultations.roadmap.models import Commitment, RoadmapPage
from home.parity.board import boards_of
from home.parity.counting import count
from home.parity.measures import OF_PEOPLE
from partnership.cities.models import City
from partnership.pages.languages import CODES, localized

#: Of what people did in a year, what a review tells; small groups are kept back as on the board.
PARTICIPATION = ("people", "forms", "votes", "comments", "places")

Figures = dict[str, Any]


def figures_of(roadmap: RoadmapPage, today: date) -> Figures:
    """Return everything a review of the roadmap is signed with, as it is on this day."""
    commitments = with_facts(roadmap)
    lines = [line for entry in commitments for line in cost_lines(entry)]
    return {
        "day": today.isoformat(),
        "commitments": [facts_of(entry, today) for entry in commitments],
        "money": [_sum(total) for total in totals(lines)],
        "participation": list(_participation(roadmap.year)),
        "risks": [_risk(each) for each in _risks(commitments)],
    }


def with_facts(roadmap: RoadmapPage) -> list[Commitment]:
    """The promises of the roadmap with all that ``facts_of`` asks for."""
    measures = Prefetch("indicators", queryset=Indicator.objects.prefetch_related("readings"))
    found: Any = judged(roadmap)
    whole = found.with_leads().with_money().with_threats().with_evidence()
    return list(whole.prefetch_related(measures))


def facts_of(commitment: Commitment, today: date) -> Figures:
    """Return what the site knows of one promise on this day."""
    return {
        "commitment": commitment.pk,
        "number": commitment.number,
        "title": _texts(commitment, "title"),
        "led_by": sorted(city.code for city in commitment.led_by.all()),
        "status": str(commitment.status),
        "due_on": commitment.due_on.isoformat(),
        "first_due_on": _day(commitment.original_due_on if commitment.was_moved else None),
        "finished_on": _day(commitment.finished_on),
        "late_days": late_days(commitment, today),
        "money": [_sum(total) for total in sums_of(commitment)],
        "indicators": [_indicator(each) for each in commitment.indicators.all()],
        "evidence": len(commitment.evidence.all()),
        "open_risks": commitment.risks_count,
    }


def late_days(commitment: Commitment, today: date) -> int:
    """How many days after its day it was done, or is still to be done; none in time."""
    if commitment.status == CommitmentStatus.COMPLETED:
        until = commitment.finished_on or commitment.due_on
    else:
        until = today if commitment.status in OUTSTANDING else commitment.due_on
    return max(0, (until - commitment.due_on).days)


def _texts(thing: Any, name: str) -> dict[str, str]:
    return {code: getattr(thing, localized(name, code)) or "" for code in CODES}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(figure: Decimal | None) -> str | None:
    return None if figure is None else f"{figure:.2f}"


def _sum(total: Total) -> Figures:
    amounts = total.amounts._asdict()
    sums = {name: _plain(amount) for name, amount in amounts.items()}
    return {"currency": total.currency, "left_out": total.left_out, **sums}


def _indicator(indicator: Indicator) -> Figures:
    """An indicator with its last reading, if there is one."""
    last = next(reversed(indicator.readings.all()), None)
    return {
        "what": _texts(indicator, "what"),
        "unit": _texts(indicator, "unit"),
        "baseline": _plain(indicator.baseline),
        "target": _plain(indicator.target),
        "value": _plain(last.value) if last else None,
        "read_on": _day(last.read_on) if last else None,
    }


def _risks(commitments: Iterable[Commitment]) -> Any:
    """The public risks that threaten any of the promises, the gravest first."""
    risks: Any = apps.get_model("risks", "Risk")._default_manager
    threatening = risks.filter(threatens__in=[entry.pk for entry in commitments]).order_by()
    return risks.public().filter(pk__in=threatening.values("pk")).gravest_first()


def _risk(risk: Any) -> Figures:
    scores = {"score": risk.score, "residual_score": risk.residual_score}
    return {"risk": risk.pk, "event": _texts(risk, "event"), "state": str(risk.state), **scores}


def _participation(year: int) -> Iterator[Figures]:
    """What the board of the cities side by side shows of the year; None is kept back there."""
    cities = list(City.objects.all())
    counted = count(cities)
    if year not in counted.years.newest_first:
        return
    lines = boards_of(counted)[year]
    for measure in (each for each in OF_PEOPLE if each.key in PARTICIPATION):
        shown = lines[measure.key]
        if any(each.number != 0 for each in shown.values()):
            for place, each in shown.items():
                yield {"measure": measure.key, "city": place, "number": each.number}
