"""The public risk register as open data."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from consultations.risks.enums import Impact, Likelihood, RiskKind, RiskState
from consultations.risks.models import Risk
from consultations.roadmap.models import Commitment
from partnership.pages.access import open_to_all
from partnership.pages.languages import field_names
from partnership.tables.columns import Column, Row, Table, columns_in_every_language
from partnership.tables.writing import as_csv

TEXTS = ("event", "cause", "effect", "measures", "reason")
LIKELIHOODS = tuple((str(value), label) for value, label in Likelihood.choices)
IMPACTS = tuple((str(value), label) for value, label in Impact.choices)


def register_as_csv() -> Iterator[bytes]:
    """Every public risk, in every language; who answers for it is no part of it."""
    columns = (
        Column("number", _("number")),
        *columns_in_every_language("event", _("what may happen")),
        *columns_in_every_language("cause", _("cause")),
        *columns_in_every_language("effect", _("effect")),
        *columns_in_every_language("measures", _("measures")),
        *columns_in_every_language("reason", _("why it is rated so")),
        Column("kind", _("kind"), values=tuple(RiskKind.choices)),
        Column("cities", _("cities")),
        Column("state", _("state"), values=tuple(RiskState.choices)),
        Column("likelihood", _("likelihood without measures"), "integer", LIKELIHOODS),
        Column("impact", _("impact without measures"), "integer", IMPACTS),
        Column("score", _("score without measures"), "integer"),
        Column("residual_likelihood", _("likelihood with the measures"), "integer", LIKELIHOODS),
        Column("residual_impact", _("impact with the measures"), "integer", IMPACTS),
        Column("residual_score", _("score with the measures"), "integer"),
        Column("review_by", _("review by"), "date"),
        Column("plan_exercised_on", _("plan last exercised on"), "date"),
        Column("threatens", _("commitments it threatens")),
    )
    return as_csv(Table("risks", columns, _rows))


def _rows() -> Iterator[Row]:
    public = Risk.objects.public().with_plan().gravest_first()
    words = [name for field in TEXTS for name in field_names(field)]
    told = Commitment.objects.filter(open_to_all("roadmap__"), roadmap__live=True)
    threatens = Prefetch("threatens", queryset=told.select_related("roadmap"))
    for risk in public.prefetch_related("cities", threatens):
        plan = getattr(risk, "plan", None)
        yield (
            risk.pk,
            *(getattr(risk, name) or "" for name in words),
            risk.kind,
            "|".join(city.code for city in risk.cities.all()),
            risk.state,
            risk.likelihood,
            risk.impact,
            risk.score,
            risk.residual_likelihood,
            risk.residual_impact,
            risk.residual_score,
            risk.review_by,
            plan.last_exercised_on if plan and plan.is_published else None,
            "|".join(f"{each.roadmap.year}-{each.number}" for each in risk.threatens.all()),
        )
