"""Which requests for approval."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

if TYPE_CHECKING:
    from partnership.ledger.models import ApprovalRequest


class ApprovalRequestQuerySet(models.QuerySet):
    """Reads as a sentence: ``ApprovalRequest.objects.open().about(answers)``."""

    def open(self) -> Self:
        """Those that wait for a city, whether or not what they ask about is still the same."""
        return self.filter(conclusion=None)

    def signed(self) -> Self:
        """Those that every city has signed, the newest first."""
        return self.filter(conclusion__outcome="signed").order_by("-conclusion__concluded_at")

    def about(self, subject: models.Model) -> Self:
        """Those about one thing."""
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(content_type=kind, object_id=subject.pk)

    def about_each(self, model: type[models.Model]) -> Self:
        """Those about the row of an outer query."""
        kind = ContentType.objects.get_for_model(model)
        return self.filter(content_type=kind, object_id=OuterRef("pk"))

    def last_signed(self, subject: models.Model) -> "ApprovalRequest | None":
        """What readers see of a thing: the request that every city signed last."""
        found: Any = self.about(subject).signed().first()
        return found

    def waiting_for(self, person: Any) -> Self:
        """Open ones that a city of theirs has not signed, unless they signed for another."""
        own = person.edits_for.values("pk")
        approvals: Any = self.model._meta.get_field("approvals").related_model
        signed = approvals.objects.filter(request=OuterRef("pk"), given_by=person)
        asked = self.open().annotate(
            asked_of_them=Count("cities", filter=Q(cities__in=own), distinct=True),
            signed_by_them=Count("approvals", filter=Q(approvals__city__in=own), distinct=True),
        )
        return asked.filter(asked_of_them__gt=models.F("signed_by_them")).exclude(Exists(signed))
