"""Which decisions, which appeals, which removals."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncMonth

from consultations.enums import PublicationStatus
from consultations.moderation.enums import Outcome
from partnership.pages.access import open_to_all

if TYPE_CHECKING:
    from consultations.moderation.models import Decision
    from partnership.people.models import Participant, Resident

TARGETS = ("contribution", "statement")


def about(target: Any) -> dict[str, Any]:
    """The column that points to this comment or statement, and its key."""
    return {f"{target._meta.model_name}_id": target.pk}


class ReasonTemplateQuerySet(models.QuerySet):
    """A partnership's own words for reasons."""

    def offered(self) -> Self:
        """Those moderators can choose."""
        return self.filter(is_offered=True).order_by("reason", "pk")


class DecisionQuerySet(models.QuerySet):
    """What moderators decided."""

    def about(self, target: Any) -> Self:
        """The decisions about one comment or statement, the latest first."""
        return self.filter(**about(target)).order_by("-decided_at", "-pk")

    def hiding(self, target: Any) -> "Decision | None":
        """Return the decision that keeps it hidden now; None for what is not, or is linked."""
        is_linked = getattr(target, "duplicate_of_id", None) is not None
        if target.publication_status != PublicationStatus.HIDDEN or is_linked:
            return None
        decision: Any = self.about(target).filter(outcome=Outcome.HIDDEN).first()
        return decision

    def hiding_words_of(self, participant: "Participant") -> Self:
        """Every time that words of this person were hidden."""
        hidden = PublicationStatus.HIDDEN
        own = Q()
        for name in TARGETS:
            own |= Q(**{f"{name}__participant": participant, f"{name}__publication_status": hidden})
        return self.filter(own, outcome=Outcome.HIDDEN)

    def counted(self, *, since: datetime) -> Any:
        """How many of each outcome, reason, city, consultation and month; one query."""
        public = self.filter(
            open_to_all("consultation__"), consultation__live=True, decided_at__gte=since
        )
        month = TruncMonth("decided_at")
        rows = public.order_by().annotate(month=month)
        columns = ("outcome", "reason", "city_id", "consultation_id", "month")
        return rows.values_list(*columns).annotate(number=Count("pk"))


class AppealQuerySet(models.QuerySet):
    """What authors brought before another city's moderators."""

    def waiting(self) -> Self:
        """Those nobody has decided, of words that the decision still hides; longest wait first.

        What was shown again, taken back, removed, linked or hidden anew meanwhile settled them.
        """
        decisions: Any = self.model._meta.get_field("decision").related_model
        hidden, later = Q(), Q()
        for name in TARGETS:
            hidden |= Q(**{f"decision__{name}__publication_status": PublicationStatus.HIDDEN})
            later |= Q(**{name: OuterRef(f"decision__{name}")})
        hidden_anew = decisions.objects.filter(
            later, outcome=Outcome.HIDDEN, pk__gt=OuterRef("decision")
        )
        linked = Q(decision__statement__duplicate_of__isnull=False)
        waiting = self.filter(hidden, ~linked, ~Exists(hidden_anew), decided_at=None)
        return waiting.order_by("created_at", "pk")

    def late(self, asked_before: datetime) -> Self:
        """Those of live consultations that have waited since then, with what they are about."""
        waiting = self.waiting().filter(created_at__lte=asked_before)
        return waiting.filter(decision__consultation__live=True).select_related("decision")

    def for_judge(self, person: "Resident") -> Self:
        """Those this person may decide: as somebody of another city than whoever hid it.

        Nobody judges their own decision, and an administrator judges for no city.
        """
        own = person.edits_for.order_by()
        another = own.exclude(pk=OuterRef("decision__decided_for"))
        by_several = Q(decision__decided_for=None) & Exists(own)
        others = by_several | (Q(decision__decided_for__isnull=False) & Exists(another))
        return self.filter(others).exclude(decision__decided_by=person)

    def with_words(self) -> Self:
        """With what a judge reads, in one query."""
        return self.select_related(
            *(f"decision__{name}" for name in ("consultation", "city", "decided_for")),
            *(f"decision__{name}__participant__resident" for name in TARGETS),
            "decision__decided_by",
        )


class RemovalQuerySet(models.QuerySet):
    """What somebody wants removed for good."""

    def waiting(self) -> Self:
        """Those a second person has not confirmed."""
        return self.filter(confirmed_at=None).order_by("asked_at", "pk")

    def of_moderator(self, person: "Resident") -> Self:
        """Those of consultations of this person's cities, or joint ones."""
        own = person.edits_for.order_by()
        joint = Q(consultation__cities=None) & Exists(own)
        return self.filter(Q(consultation__cities__in=own) | joint).distinct()

    def with_words(self) -> Self:
        """With what is read before it is confirmed."""
        return self.select_related("consultation", "asked_by", *TARGETS)
