"""Which pages are behind in a language, and which promises about that are open."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q


class StandingQuerySet(models.QuerySet):
    """``LanguageStanding.objects.behind()``."""

    def behind(self) -> Self:
        """Where something is missing, out of date or only by a machine, the oldest first."""
        lacking = Q(missing__gt=0) | Q(stale__gt=0) | Q(machine__gt=0)
        return self.filter(lacking).order_by(F("behind_since").asc(nulls_last=True), "pk")


class ExceptionQuerySet(models.QuerySet):
    """``LanguageException.objects.in_force(today)``."""

    def in_force(self, today: date) -> Self:
        """Promises whose day has not passed; on the day itself they still hold."""
        return self.filter(due_on__gte=today)

    def overdue(self, today: date) -> Self:
        """Promises of published pages whose day has passed; a later one replaces an earlier one.

        Whether the language still lacks something is told by the page's ``follows``.
        """
        later = self.model._default_manager.filter(
            page=OuterRef("page"),
            language_code=OuterRef("language_code"),
            due_on__gt=OuterRef("due_on"),
        )
        return self.filter(due_on__lt=today, page__live=True).exclude(Exists(later))
