"""Which themes, which texts, who has read them."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, F

if TYPE_CHECKING:
    from consultations.models import ConsultationPage


class ThemeQuerySet(models.QuerySet):
    """The codebook of a consultation."""

    def in_order(self) -> Self:
        """By the number that is also its key."""
        return self.order_by("number")


class CodedTextQuerySet(models.QuerySet):
    """What coders have read."""

    def of(self, consultation: "ConsultationPage") -> Self:
        """Those of one consultation."""
        return self.filter(consultation=consultation)

    def still_there(self) -> Self:
        """Not of comments that were withdrawn or hidden since: nobody finds those to read."""
        is_shown = models.Q(contribution__publication_status="published")
        return self.filter(is_shown | models.Q(contribution=None))

    def readers_by_text(self) -> dict[tuple[int | None, int | None], int]:
        """How many people have coded each text, under (comment, answer)."""
        rows = self.order_by().values_list("contribution_id", "answer_id")
        counted = rows.annotate(readers=Count("pk"))
        return {(comment, answer): readers for comment, answer, readers in counted}


class ThemeAnnotationQuerySet(models.QuerySet):
    """Who says that a text belongs to a theme."""

    def of(self, consultation: "ConsultationPage") -> Self:
        """Those of one consultation."""
        return self.filter(coded__consultation=consultation)

    def settled(self) -> list[tuple[int, int | None, int | None]]:
        """Return (theme, comment, answer) wherever more than half of the readers say so; one query.

        So one reader decides alone, and of two who disagree neither does.
        """
        texts: Any = self.model._meta.get_field("coded").related_model
        readers = texts.objects.filter(
            models.Q(contribution=models.OuterRef("coded__contribution"))
            | models.Q(answer=models.OuterRef("coded__answer"))
        )
        number = readers.order_by().values("consultation").annotate(number=Count("pk"))
        rows = (
            self.order_by()
            .values("theme_id", "coded__contribution_id", "coded__answer_id")
            .annotate(say_so=Count("pk"), readers=models.Subquery(number.values("number")))
            .filter(say_so__gt=F("readers") / 2.0)
        )
        return [
            (row["theme_id"], row["coded__contribution_id"], row["coded__answer_id"])
            for row in rows
        ]
