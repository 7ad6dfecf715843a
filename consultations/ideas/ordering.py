"""In which order ideas are read."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Count, F, FloatField, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Least

from consultations.ideas.enums import IdeaOrder
from consultations.models import Support
from consultations.querysets import ContributionQuerySet
from partnership.masking import SMALLEST_GROUP

NEWEST_FIRST = ("-created_at", "-pk")


def in_order(
    ideas: ContributionQuerySet, order: str, people: Mapping[int | None, int]
) -> ContributionQuerySet:
    """Sort ideas for a reader; ``people`` says how many of each city take part, by its key.

    The most supported are those that the smaller of the cities' shares puts there: supporters
    per person taking part. An idea that one city alone wants stands behind all that both want.
    Fewer than five count as none, so that no place in the list tells what is kept back beside it.
    """
    if order == IdeaOrder.SHARED:
        told = When(support_count__gte=SMALLEST_GROUP, then=F("support_count"))
        return ideas.annotate(
            shared=_smallest_share(people), told_support=Case(told, default=Value(0))
        ).order_by("-shared", "-told_support", *NEWEST_FIRST)
    if order == IdeaOrder.QUIET:
        reactions = F("support_count") + F("reply_count")
        return ideas.annotate(reactions=reactions).order_by("reactions", "created_at", "pk")
    return ideas.order_by(*NEWEST_FIRST)


def _smallest_share(people: Mapping[int | None, int]) -> Any:
    shares = [
        _supporters_in(city_id) / Value(float(number)) if number else Value(0.0)
        for city_id, number in people.items()
        if city_id is not None
    ]
    if not shares:
        return Value(0.0)
    return Least(*shares) if len(shares) > 1 else shares[0]


def _supporters_in(city_id: int) -> Any:
    rows = Support.objects.filter(contribution=OuterRef("pk"), city=city_id, supports=True)
    counted = rows.order_by().values("contribution").annotate(number=Count("pk"))
    enough = counted.filter(number__gte=SMALLEST_GROUP).values("number")
    return Cast(Coalesce(Subquery(enough), 0), FloatField())
