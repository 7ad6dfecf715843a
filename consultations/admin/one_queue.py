"""Comments and proposed statements in one list, the longest wait first, and little asked for it."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import CharField, F, Prefetch, QuerySet, Value, prefetch_related_objects
from django.utils.functional import cached_property

from consultations.models import Contribution, Report, Statement
from consultations.querysets import ContributionQuerySet, StatementQuerySet

Words = Contribution | Statement


class OneQueue:
    """What a paginator cuts pages from; ``numbers`` says how many there are of each."""

    ordered = True

    def __init__(
        self,
        comments: ContributionQuerySet,
        statements: StatementQuerySet,
        *,
        numbers: tuple[int, int],
    ) -> None:
        self.comments, self.statements, self.numbers = comments, statements, numbers

    def __len__(self) -> int:
        return sum(self.numbers)

    def __getitem__(self, cut: slice) -> list[Words]:
        if not self.numbers[1]:  # nothing to put in between: one query is enough
            found = self.comments.for_moderators().order_by("created_at", "pk")
            return with_their_past(found[cut])
        return self._mixed(list(self._keys[cut]))

    @cached_property
    def _keys(self) -> QuerySet:
        # Plain querysets: those of translated models give their columns in any order.
        rows = [
            QuerySet(model)
            .filter(pk__in=found.order_by().values("pk"))
            .annotate(what=Value(model.__name__, output_field=CharField()), written=F("created_at"))
            .values_list("id", "what", "written")
            .order_by()
            for found, model in ((self.comments, Contribution), (self.statements, Statement))
        ]
        return rows[0].union(rows[1], all=True).order_by("written", "id")

    def _mixed(self, rows: list[tuple[int, str, Any]]) -> list[Words]:
        found: dict[tuple[str, int], Words] = {}
        for model in (Contribution, Statement):
            keys = [key for key, what, _written in rows if what == model.__name__]
            if keys:
                things = model.objects.for_moderators().in_bulk(keys)
                found |= {(model.__name__, key): thing for key, thing in things.items()}
        with_their_past(thing for thing in found.values() if isinstance(thing, Contribution))
        return [found[what, key] for key, what, _written in rows if (what, key) in found]


class QueuePaginator(Paginator):
    """Cuts pages; the queue itself knows how long it is."""

    @cached_property
    def count(self) -> int:
        return len(self.object_list)


def with_their_past(comments: Iterable[Any]) -> list[Any]:
    """Give each its ``open_reports`` and ``earlier``; asks only for those that have some."""
    comments = list(comments)
    open_reports = Prefetch("reports", Report.objects.filter(settled_at=None))
    reported = [comment for comment in comments if comment.has_reports]
    changed = [comment for comment in comments if comment.has_earlier_wordings]
    for some, what in ((reported, open_reports), (changed, "earlier_wordings")):
        if some:
            prefetch_related_objects(some, what)
    for comment in comments:
        comment.open_reports = list(comment.reports.all()) if comment in reported else []
        comment.earlier = list(comment.earlier_wordings.all()) if comment in changed else []
    return comments
