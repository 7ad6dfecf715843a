"""What several screens of moderation show: the ways between them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.moderation.models import Appeal, ReasonTemplate, Removal
from partnership.people.models import Resident


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much waits for a moderator, how much was found, and whether own words are offered."""

    appeals: int
    removals: int
    found: tuple[int, ...]
    has_templates: bool


def numbers_for(moderator: Any, *found: QuerySet) -> Numbers:
    """Count what waits, and the rows that were found, in one query."""
    counted = (
        _how_many(Appeal.objects.waiting().for_judge(moderator)),
        _how_many(Removal.objects.waiting().of_moderator(moderator)),
        Exists(ReasonTemplate.objects.offered()),
        *map(_how_many, found),
    )
    this = Resident.objects.filter(pk=moderator.pk)
    appeals, removals, has_templates, *others = this.values_list(*counted).get()
    return Numbers(appeals, removals, tuple(others), has_templates)


def tabs(numbers: Numbers, *, here: str) -> list[dict[str, Any]]:
    """The screens of moderation, with how much waits on each."""
    entries = (
        ("moderation_queue", _("Queue"), None),
        ("appeals", _("Appeals"), numbers.appeals),
        ("removals", _("Removal for good"), numbers.removals),
        ("reason_templates:index", _("Words for reasons"), None),
        ("moderation_log", _("Public log"), None),
    )
    return [
        {"url": reverse(name), "title": title, "number": number, "is_here": name == here}
        for name, title, number in entries
    ]


def _how_many(rows: QuerySet) -> Coalesce:
    distinct = Count("pk", distinct=True)
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=distinct)
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)
