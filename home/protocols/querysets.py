"""Which protocols, and which of their versions."""

from datetime import date
from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models.pages import PageQuerySet

from partnership.pages.access import open_to_all
from partnership.pages.languages import field_names


class ProtocolQuerySet(PageQuerySet):
    """Reads as a sentence: ``ProtocolPage.objects.published().at(slug)``."""

    def published(self) -> Self:
        """Protocols every reader may open."""
        return self.live().filter(open_to_all())

    def at(self, slug: str) -> Self:
        """Those whose address ends in this slug, in whatever language."""
        condition = Q(slug=slug)
        for name in field_names("local_slug"):
            condition |= Q(**{name: slug})
        return self.filter(condition)


class VersionQuerySet(QuerySet):
    """Reads as a sentence: ``ProtocolVersion.objects.signed().in_force(today)``."""

    def drafts(self) -> Self:
        """Being written, or waiting for signatures; one of each protocol at most."""
        return self.filter(signed_at=None)

    def signed(self) -> Self:
        """Signed by every city: these never change. The first one first."""
        return self.exclude(signed_at=None).order_by("protocol", "number")

    def in_force(self, today: date) -> Self:
        """The one of each protocol that is followed on this day."""
        begun = self.filter(in_force_from__lte=today)
        later = self.model._default_manager.filter(
            protocol=OuterRef("protocol"), number__gt=OuterRef("number"), in_force_from__lte=today
        )
        return begun.filter(~Exists(later))

    def readable(self) -> Self:
        """Of protocols that every reader may open."""
        return self.filter(open_to_all("protocol__"), protocol__live=True)

    def with_words(self) -> Self:
        """Fetch what they say: the steps, and on what each city stands, in a query each."""
        return self.prefetch_related("steps", "legal_bases__city")
