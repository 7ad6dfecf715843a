"""Which pages are behind in a language, and which promises about that are open."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from partnership.pages.languages import CODES

LACKING = Q(missing__gt=0) | Q(stale__gt=0) | Q(machine__gt=0)


class StandingQuerySet(models.QuerySet):
    """``LanguageStanding.objects.behind()``."""

    def of_pages(self, pages: models.QuerySet) -> Self:
        """Those of the pages in every partner language; an alias stands as its original does."""
        return self.filter(
            page__in=pages.order_by().values("pk"),
            page__depth__gt=1,
            page__alias_of=None,
            language_code__in=CODES,
        )

    def oldest_first(self) -> Self:
        """What has been behind for longest first, what is up to date last."""
        age = F("behind_since").asc(nulls_last=True)
        return self.order_by(age, "page_id", "language_code")

    def newest_first(self) -> Self:
        """What fell behind last first, what is up to date last."""
        age = F("behind_since").desc(nulls_last=True)
        return self.order_by(age, "page_id", "language_code")

    def with_promises(self) -> Self:
        """Add what readers of the published page are told to wait for, and who signed for it.

        ``promised_on`` is the day as ISO writes it, where the published page lacks something;
        what the newest version lacks is told by the counts.
        """
        days = [
            When(
                language_code=code,
                page__live=True,
                page__follows__has_key=code,
                then=KeyTextTransform(code, "page__follows"),
            )
            for code in CODES
        ]
        signed = apps.get_model("pages", "LanguageException")._default_manager.filter(
            page=OuterRef("page"),
            language_code=OuterRef("language_code"),
            due_on=Cast(OuterRef("promised_on"), models.DateField()),
        )
        latest = signed.order_by("-signed_at", "-pk")
        return self.annotate(promised_on=Case(*days, output_field=models.TextField())).annotate(
            signed_by_name=Subquery(latest.values("signed_by__name")[:1]),
            signed_at=Subquery(latest.values("signed_at")[:1]),
        )

    def of_cities(self, *cities: Any) -> Self:
        """Those of the cities' own pages, shared or not."""
        return self.filter(page__in=_pages_of(cities))

    def of_all_cities(self) -> Self:
        """Those of joint pages."""
        return self.filter(_is_joint())

    def in_the_care_of(self, user: Any, *, staffed: Iterable[Any], own: Iterable[Any]) -> Self:
        """What this person brings up to date: see ``Responsibility``, which names everybody.

        ``staffed`` are the cities with editors, ``own`` those of this person among them.
        """
        own = list(own)
        nobody_speaks_it = ~_spoken_in(staffed)
        as_owner = Q(page__owner=user)
        as_last = ~Q(page__owner__is_active=True) & (
            (Q(page__in=_pages_of(own)) | _is_joint()) if own else Q(pk__in=[])
        )
        return self.filter(_spoken_in(own) | (nobody_speaks_it & (as_owner | as_last)))

    def behind(self) -> Self:
        """Where something is missing, out of date or only by a machine, the oldest first."""
        return self.lacking().oldest_first()

    def lacking(self) -> Self:
        """Where something is missing, out of date or only by a machine."""
        return self.filter(LACKING)

    def complete(self) -> Self:
        """Where everything is up to date."""
        return self.exclude(LACKING)

    def overdue(self, today: date) -> Self:
        """Where readers were promised a day that has passed; after ``with_promises``."""
        return self.filter(promised_on__lt=today.isoformat())

    def promised(self, today: date) -> Self:
        """Where readers were promised a day to come, or today; after ``with_promises``."""
        return self.filter(promised_on__gte=today.isoformat())

    def waiting(self, today: date) -> Self:
        """What somebody should do: overdue promises first, the oldest of each first."""
        overdue = Q(promised_on__lt=today.isoformat())
        overdue_since = Case(When(overdue, then=F("promised_on")))
        return self.filter(LACKING | overdue).order_by(
            overdue_since.asc(nulls_last=True), F("behind_since").asc(nulls_last=True), "pk"
        )


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


def _any(conditions: Iterable[Q]) -> Q:
    """Return the condition that one of them is true; of none, one that never is."""
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found


def _spoken_in(cities: Iterable[Any]) -> Q:
    """Whether one of the cities has the page, and a city hall that speaks the language."""
    return _any(
        Q(language_code=city.language_code) & (Q(page__in=_pages_of([city])) | _is_joint())
        for city in cities
    )


def _owners() -> models.QuerySet:
    """Return the rows that tell whose a page is."""
    return apps.get_model("pages", "BasePage").cities.through._default_manager.all()


def _pages_of(cities: Iterable[Any]) -> models.QuerySet:
    return _owners().filter(city__in=list(cities)).values("basepage")


def _is_joint() -> Q:
    return Q(~Exists(_owners().filter(basepage=OuterRef("page"))))
