"""Which practices, which cases, which rules."""

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models.pages import PageQuerySet

from home.knowledge.enums import Gap
from partnership.pages.access import open_to_all


class KnowledgeQuerySet(PageQuerySet):
    """Reads as a sentence: ``PracticePage.objects.published()``."""

    def published(self) -> Self:
        """What every reader may open."""
        return self.live().filter(open_to_all())


class PracticeQuerySet(KnowledgeQuerySet):
    """Practices."""

    def standing_on(self, cases: Any) -> Self:
        """Published ones that link one of these cases."""
        return self.live().filter(cases__in=cases).distinct()

    def used_in_city(self, code: str) -> Self:
        """Those by which this city works."""
        return self.filter(used_in__code=code)

    def knowing_users(self) -> Self:
        """Add ``is_used``: whether it says which cities work like this."""
        pairs: Any = self.model._meta.get_field("used_in").remote_field.through
        named = pairs._default_manager.filter(practicepage=OuterRef("pk"))
        return self.annotate(is_used=Exists(named))


class CaseStudyQuerySet(KnowledgeQuerySet):
    """Case studies, whose outcome never decides where they stand."""

    def latest_first(self) -> Self:
        """The one that ended last first, whatever became of it."""
        return self.order_by("-ended_on", "-pk")

    def of_each_city(self) -> Self:
        """Bring along whose they are; one query for all."""
        return self.prefetch_related("cities")

    def about(self, event: Any) -> Self:
        """Those that tell of this event."""
        return self.filter(event=event.pk)

    def measured(self) -> Self:
        """Those of a promise every reader may see of which something was measured."""
        promises = self.filter(open_to_all("commitment__roadmap__"), commitment__roadmap__live=True)
        return promises.filter(commitment__indicators__readings__isnull=False).distinct()


class RuleQuerySet(KnowledgeQuerySet):
    """Harmonised rules."""

    def overdue(self, today: date) -> Self:
        """Published ones with a gap whose next step should have been taken."""
        return self.live().filter(~Q(gap=Gap.NONE), next_step_on__lt=today)


class CityRuleQuerySet(QuerySet):
    """What the rule is in each city."""

    def readable(self) -> Self:
        """Of pages that every reader may open."""
        return self.filter(open_to_all("page__"), page__live=True)


def there_are_cases() -> Exists:
    """The condition that readers can open a case study."""
    return Exists(apps.get_model("knowledge", "CaseStudyPage").objects.published())
