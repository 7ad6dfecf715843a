"""Which risks, and which of what drills showed about them."""

from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from consultations.risks.enums import GRAVE, RiskState

VIEWS = "risks.view_risk"
SCORE = F("likelihood") * F("impact")
RESIDUAL_SCORE = F("residual_likelihood") * F("residual_impact")


class OfOwnCities(QuerySet):
    """Rows that are of some cities, by the path ``to_cities``."""

    to_cities = "cities"

    def editable_by(self, user: Any) -> Self:
        """Of a city the editor works for."""
        if user.is_superuser:
            return self
        own = self.model._default_manager.filter(**{f"{self.to_cities}__in": user.edits_for.all()})
        return self.filter(pk__in=own.order_by().values("pk"))


class RiskQuerySet(OfOwnCities):
    """Reads as a sentence: ``Risk.objects.public().open()``."""

    def public(self) -> Self:
        """Every reader may see them."""
        return self.filter(is_published=True)

    def visible_to(self, user: Any) -> Self:
        """What everybody may see, and to who keeps the register all of their own cities."""
        if not user.is_authenticated or not user.has_perm(VIEWS):
            return self.public()
        return self.public() | self.editable_by(user)

    def open(self) -> Self:
        """Still watched."""
        return self.filter(state=RiskState.OPEN)

    def grave(self) -> Self:
        """Grave before the measures or after them."""
        found = self.alias(risk_score=SCORE, risk_residual_score=RESIDUAL_SCORE)
        return found.filter(Q(risk_score__gte=GRAVE) | Q(risk_residual_score__gte=GRAVE))

    def gravest_first(self) -> Self:
        """By what is left of them after the measures, then by what they were before."""
        return self.order_by(RESIDUAL_SCORE.desc(), SCORE.desc(), "pk")

    def with_plan(self) -> Self:
        """Fetch the plan and the drill it was exercised at in the same query."""
        return self.select_related("plan__drill")


class RatingQuerySet(QuerySet):
    """How risks were rated."""

    def public(self) -> Self:
        """Of risks that every reader may see, each with its risk; the newest first."""
        return self.filter(risk__is_published=True).select_related("risk")

    def with_causes(self) -> Self:
        """Bring along what each follows from, in the same query.

        Add ``tells_seen`` and ``tells_lesson``: whether readers may know of it.
        """
        observations: Any = self.model._meta.get_field("observation").related_model
        lessons: Any = self.model._meta.get_field("lesson").related_model
        return self.select_related(
            "observation__review__drill",
            "lesson__debrief__event",
            "lesson__debrief__commitment__roadmap",
        ).annotate(
            tells_seen=Exists(observations.objects.public().filter(pk=OuterRef("observation"))),
            tells_lesson=Exists(lessons.objects.public().filter(pk=OuterRef("lesson"))),
        )


class PlanQuerySet(OfOwnCities):
    """Contingency plans, which are of the cities of their risk."""

    to_cities = "risk__cities"


def seen_at_drills(risk: Any) -> QuerySet:
    """Return what readers know of drills that bears on the risk, with what is done; two queries.

    An observation bears on it that names it, or of which an action names it.
    """
    observations: Any = risk.observations.model
    actions: Any = risk.corrective_actions.model
    named = Q(risk=risk) | Q(pk__in=risk.corrective_actions.values("observation"))
    own = actions.objects.select_related("city")
    return (
        observations.objects.public()
        .filter(named)
        .knowing_what_became()
        .prefetch_related(Prefetch("actions", queryset=own))
        .order_by("-review__held_on", "review", "sort_order", "pk")
    )
