"""How often a comment is supported and replied to: kept beside it, and counted again."""

from collections import defaultdict
from math import isclose
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from consultations.conversation.support import support_score
from consultations.models import ConsultationPage, Contribution, Support
from partnership.people.models import Participant

#: A figure that is wrong: what it is about, what is kept, what the rows say.
Wrong = tuple[str, tuple[float, ...], tuple[float, ...]]
#: How many support a comment, and its score.
Figures = tuple[int, float]
#: What each city says: how many support it, how many said something.
Groups = dict[int | None, tuple[int, int]]
#: Two ways to add up the same bounds differ by less.
SCORES_AGREE = 1e-9
FIGURES = ("support_count", "support_score")


def keep_support(
    contribution: Contribution, participant: Participant, *, supports: bool, city_id: int | None
) -> None:
    """Write what somebody says to a comment in the place of what they said; one statement.

    The caller counts it.
    """
    row = Support(
        contribution=contribution, participant=participant, supports=supports, city_id=city_id
    )
    Support.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=("contribution", "participant"),
        update_fields=("supports", "city"),
    )


def count_support(*contributions: Contribution) -> None:
    """Count anew what was said about comments, and save it; the caller holds their rows."""
    rows = Support.objects.filter(contribution__in=contributions).order_by()
    said = rows.values_list("contribution", "city_id").annotate(
        support=Count("pk", filter=Q(supports=True)), said=Count("pk")
    )
    groups: defaultdict[int, Groups] = defaultdict(dict)
    for pk, city_id, support, number in said:
        groups[pk][city_id] = (support, number)
    for one in contributions:
        one.support_count, one.support_score = _figures(groups[one.pk])
    Contribution.objects.bulk_update(contributions, FIGURES, batch_size=200)


def _figures(groups: Groups) -> Figures:
    """How many support it, and its score; elsewhere is counted and never scored."""
    scored = (group for city_id, group in groups.items() if city_id is not None)
    supporters = sum(support for support, _said in groups.values())
    return supporters, support_score(scored)


def wrong_counts(consultation: ConsultationPage) -> list[Wrong]:
    """Return every kept figure of a comment that its rows do not bear out; changes nothing.

    What is kept and what is counted come from one statement each, and whoever writes changes
    both at once: what people do meanwhile never looks like a difference.
    """
    replies = _with_replies(consultation).exclude(reply_count=F("counted")).order_by("pk")
    found: list[Wrong] = [
        (f"comment {pk}, replies", (kept,), (counted,))
        for pk, kept, counted in replies.values_list("pk", "reply_count", "counted")
    ]
    return found + [
        (f"comment {pk}, support", kept, counted)
        for pk, kept, counted in _wrong_support(consultation)
    ]


def put_counts_right(consultation: ConsultationPage) -> None:
    """Count the replies that readers see, and the support of comments where it is wrong."""
    Contribution.objects.filter(consultation=consultation).update(reply_count=_replies())
    wrong = [pk for pk, _kept, _counted in _wrong_support(consultation)]
    rows = Contribution.objects.select_for_update(of=("self",)).order_by("pk")
    count_support(*rows.filter(pk__in=wrong))


def _with_replies(consultation: ConsultationPage) -> Any:
    return Contribution.objects.filter(consultation=consultation).annotate(counted=_replies())


def _replies() -> Any:
    published = Contribution.objects.published().filter(parent=OuterRef("pk")).order_by()
    counted = published.values("parent").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _wrong_support(consultation: ConsultationPage) -> list[tuple[int, Figures, Figures]]:
    """The comments whose support is kept otherwise than its rows say, with both; two queries."""
    said = (
        Contribution.objects.filter(consultation=consultation)
        .order_by("pk")
        .values_list("pk", "support_count", "support_score", "support_rows__city_id")
        .annotate(
            support=Count("support_rows", filter=Q(support_rows__supports=True)),
            said=Count("support_rows"),
        )
    )
    kept: dict[int, Figures] = {}
    groups: defaultdict[int, Groups] = defaultdict(dict)
    for pk, number, score, city_id, support, all_said in said:
        kept[pk] = (number, score)
        groups[pk][city_id] = (support, all_said)
    counted = {pk: _figures(groups[pk]) for pk in kept}
    return [(pk, kept[pk], counted[pk]) for pk in kept if not _agree(kept[pk], counted[pk])]


def _agree(kept: Figures, counted: Figures) -> bool:
    return kept[0] == counted[0] and isclose(kept[1], counted[1], abs_tol=SCORES_AGREE)
