"""Which seats, meetings, contacts and mediators; and for how long a confirmation holds."""

from datetime import date, timedelta
from typing import Any, Self

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, When

from partnership.cities.querysets import OfCityQuerySet
from partnership.pages.access import open_to_all

#: Unconfirmed for so long, a contact is listed to its editors and a mediator leaves the page.
CONFIRMED_FOR = timedelta(days=180)


class MembershipQuerySet(OfCityQuerySet):
    """Seats of committees."""

    def current(self, today: date) -> Self:
        """Those whose term has begun and not ended."""
        has_not_ended = Q(ends_on=None) | Q(ends_on__gte=today)
        return self.filter(has_not_ended, starts_on__lte=today)

    def of_public_committees(self) -> Self:
        """Of committees that readers know."""
        return self.filter(committee__live=True)


class MeetingQuerySet(QuerySet):
    """Meetings of committees."""

    def past(self, today: date, latest: date) -> Self:
        """Those that are over: what was decided tells it on the day itself.

        ``today`` is the day it is in every city at once, ``latest`` where a day begins first.
        """
        return self.filter(self._is_past(today, latest))

    def coming(self, today: date, latest: date) -> Self:
        """All others, the next first; the days as for those that are past."""
        return self.exclude(self._is_past(today, latest)).order_by("held_on")

    def _is_past(self, today: date, latest: date) -> Q:
        decisions: Any = self.model._meta.get_field("decisions").related_model
        decided = Exists(decisions._default_manager.filter(meeting=OuterRef("pk")))
        return Q(held_on__lt=today) | Q(decided, held_on__lte=latest)

    def with_decisions(self) -> Self:
        """Fetch what was decided, each with its commitment; one query.

        A decision also knows whether it ``leads_on``: to a promise that every reader may see.
        """
        decisions: Any = self.model._meta.get_field("decisions").related_model
        roadmap = "commitment__roadmap__"
        is_told = Case(
            When(open_to_all(roadmap), **{f"{roadmap}live": True}, then=True), default=False
        )
        found = decisions._default_manager.select_related("commitment__roadmap").annotate(
            leads_on=is_told
        )
        return self.prefetch_related(Prefetch("decisions", queryset=found))


class CommitteeDecisionQuerySet(QuerySet):
    """What committees decided."""

    def public(self) -> Self:
        """Of committees that every reader may see, the latest first."""
        page = "meeting__committee__"
        found = self.filter(open_to_all(page), **{f"{page}live": True})
        return found.select_related("meeting__committee").order_by(
            "-meeting__held_on", "meeting", "sort_order", "pk"
        )


class ContactQuerySet(OfCityQuerySet):
    """Offices of the cities."""

    def unconfirmed(self, today: date) -> Self:
        """Those of which nobody has said for 180 days that they are right."""
        return self.filter(confirmed_on__lte=today - CONFIRMED_FOR)


class MediatorQuerySet(QuerySet):
    """People who help when the cities disagree."""

    def unconfirmed(self, today: date) -> Self:
        """Those of whom nobody has said for 180 days that they are still there."""
        return self.filter(confirmed_on__lte=today - CONFIRMED_FOR)

    def confirmed(self, today: date) -> Self:
        """Those of whom somebody has said within 180 days that they are still there."""
        return self.filter(confirmed_on__gt=today - CONFIRMED_FOR)

    def public(self, today: date) -> Self:
        """Those who agreed to be named, as long as they are confirmed."""
        return self.confirmed(today).filter(consent_on__lte=today)
