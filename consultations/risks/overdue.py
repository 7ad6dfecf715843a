"""What is overdue about risks: reviews, plans that nobody exercised, cities without an owner."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.risks.models import Risk
from partnership.continuity import Check, Concern


def reviews_overdue(today: date) -> Iterator[Concern]:
    """Open risks that nobody has looked at again by their day, the longest ago first."""
    late = Risk.objects.open().filter(review_by__lt=today).order_by("review_by", "pk")
    for risk in late.prefetch_related("cities"):
        words = _("Nobody has reviewed the risk “%(risk)s” by %(day)s.")
        ahead = _("The risk “%(risk)s” is to be reviewed by %(day)s.")
        said = {"risk": risk, "day": date_format(risk.review_by)}
        yield Concern(
            words=words % said,
            ahead=ahead % said,
            edit_url=_screen(risk),
            due=risk.review_by,
            cities=tuple(risk.cities.all()),
        )


def plans_missing(today: date) -> Iterator[Concern]:
    """Grave risks without a plan, or with one that was not exercised in the last 24 months."""
    grave = Risk.objects.open().grave().with_plan().gravest_first()
    for risk in grave.prefetch_related("cities"):
        plan = getattr(risk, "plan", None)
        by = plan.counts_until if plan else None
        if by is not None and by >= today:
            continue
        yield Concern(
            words=_words(plan is not None, by) % {"risk": risk},
            ahead=_("Exercise the contingency plan for “%(risk)s” again.") % {"risk": risk},
            edit_url=reverse("contingency_plans:edit", args=(plan.pk,)) if plan else _screen(risk),
            due=by,
            cities=tuple(risk.cities.all()),
        )


def _words(has_plan: bool, by: date | None) -> str:
    if not has_plan:
        return _("The grave risk “%(risk)s” has no contingency plan.")
    if by is None:
        return _("The contingency plan for “%(risk)s” has never been exercised.")
    return _("The contingency plan for “%(risk)s” was not exercised in the last 24 months.")


def owners_missing(today: date) -> Iterator[Concern]:
    """Open risks for which nobody answers in one of their cities; a concern for each city."""
    watched = Risk.objects.open().gravest_first()
    for risk in watched.prefetch_related("cities", "owners__person"):
        answered = {owner.city_id for owner in risk.owners.all() if owner.is_there}
        for city in risk.cities.all():
            if city.pk not in answered:
                words = _("Nobody in %(city)s answers for the risk “%(risk)s”.")
                yield Concern(
                    words=words % {"risk": risk, "city": city},
                    edit_url=_screen(risk),
                    cities=(city,),
                )


def _screen(risk: Risk) -> str:
    return reverse("risks:edit", args=(risk.pk,))


CHECKS = (
    Check(
        name="risks.reviewed",
        heading=gettext_lazy("Risks to be reviewed"),
        find=reviews_overdue,
    ),
    Check(
        name="risks.plans_exercised",
        heading=gettext_lazy("Contingency plans to be exercised"),
        find=plans_missing,
    ),
    Check(
        name="risks.owned",
        heading=gettext_lazy("Risks without an owner"),
        find=owners_missing,
    ),
)
