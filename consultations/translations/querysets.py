"""Which translations of residents' words."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from consultations.enums import PublicationStatus
from consultations.translations.enums import Origin, TranslationStatus

if TYPE_CHECKING:
    from partnership.people.models import Resident


class TranslationQuerySet(models.QuerySet):
    """Translations of comments and of residents' statements."""

    def accepted(self) -> Self:
        """The one of each text and language that readers may be shown."""
        return self.filter(status=TranslationStatus.ACCEPTED)

    def waiting(self) -> Self:
        """Proposals about words that readers see, the longest wait first."""
        shown = PublicationStatus.PUBLISHED
        return self.filter(
            Q(contribution__publication_status=shown) | Q(statement__publication_status=shown),
            status=TranslationStatus.PROPOSED,
        ).order_by("created_at", "pk")

    def by_people(self) -> Self:
        """Those no machine made."""
        return self.exclude(origin=Origin.MACHINE)

    def with_words(self) -> Self:
        """With the text that was translated, its consultation and who wrote the translation."""
        return self.select_related(
            "contribution__consultation",
            "statement__consultation",
            "author__resident",
            "decided_by",
        )

    def of_moderator(self, resident: "Resident") -> Self:
        """Those this person may decide about: of consultations of their cities, or joint ones."""
        if resident.is_superuser:
            return self
        own = resident.edits_for.all()
        condition = Q()
        for path in ("contribution__consultation", "statement__consultation"):
            theirs = Q(**{f"{path}__cities__in": own}) | Q(**{f"{path}__cities": None})
            condition |= Q(**{f"{path}__isnull": False}) & theirs
        return self.filter(condition).distinct()
