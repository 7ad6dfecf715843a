"""What is overdue in how promises are kept: milestones, what nobody measured, spending."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.roadmap.delivery.models import BudgetLine, Indicator, Milestone
from consultations.roadmap.enums import OUTSTANDING, CommitmentStatus
from consultations.roadmap.models import Commitment
from partnership import continuity
from partnership.continuity import Concern
from partnership.pages.languages import field_names

#: How long a milestone may be late before it is told.
PATIENCE = timedelta(days=30)
LIVE = Q(roadmap__live=True)


def register() -> None:
    """Ask this whenever somebody asks what is overdue; called when the site starts."""
    checks = (
        ("milestones.reached", gettext_lazy("Milestones late by 30 days"), late_milestones),
        ("commitments.measured", gettext_lazy("Done, but not measured"), unmeasured),
        ("commitments.money", gettext_lazy("More spent than planned"), overspent),
    )
    for order, (name, heading, find) in enumerate(checks, start=60):
        check = continuity.Check(name=name, heading=heading, find=find)
        continuity.register(check, order=order)


def late_milestones(today: date) -> Iterator[Concern]:
    """Milestones of what is promised that should have been reached more than 30 days ago."""
    late = Milestone.objects.not_reached_by(today - PATIENCE).order_by("planned_on", "pk")
    waited = late.filter(commitment__roadmap__live=True, commitment__status__in=OUTSTANDING)
    for each in waited.select_related("commitment__roadmap", "city"):
        words = _("%(commitment)s: “%(milestone)s” in %(city)s has not been reached.")
        ahead = _("%(commitment)s: “%(milestone)s” in %(city)s is to be reached.")
        said = {"commitment": _named(each.commitment), "milestone": each, "city": each.city}
        yield Concern(
            words=words % said,
            ahead=ahead % said,
            edit_url=_edit_url(each.commitment),
            due=each.planned_on,
            cities=(each.city,),
        )


def unmeasured(today: date) -> Iterator[Concern]:
    """Promises that are done, with neither a reading nor the reason why there is none."""
    measured = Indicator.objects.filter(commitment=OuterRef("pk"), readings__isnull=False)
    done = Commitment.objects.filter(LIVE, ~Exists(measured), status=CommitmentStatus.COMPLETED)
    for column in field_names("not_measured"):
        done = done.filter(Q(**{column: ""}) | Q(**{f"{column}__isnull": True}))
    words = _("%(commitment)s is done: add a reading, or say why it cannot be measured.")
    return _about(done, words)


def overspent(today: date) -> Iterator[Concern]:
    """Promises of which a line, or what no city has as its own, costs more than planned."""
    lines = BudgetLine.objects.overspent().filter(commitment=OuterRef("pk"))
    over = Commitment.objects.filter(LIVE).filter(Exists(lines) | Q(spent__gt=F("planned")))
    return _about(over, _("%(commitment)s has cost more than was planned."))


def _about(commitments: Any, words: str) -> Iterator[Concern]:
    found: Iterable[Commitment] = commitments.select_related("roadmap").prefetch_related("led_by")
    for each in found:
        yield Concern(
            words=words % {"commitment": _named(each)},
            edit_url=_edit_url(each),
            due=each.finished_on,
            cities=tuple(each.led_by.all()),
        )


def _named(commitment: Commitment) -> str:
    return f"{commitment.roadmap.year}, {commitment}"


def _edit_url(commitment: Commitment) -> str:
    return reverse("commitments:edit", args=(commitment.pk,))
