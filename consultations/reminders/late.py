"""What is late, and who can do something about it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from consultations.enums import ConsultationState, PhaseKind, PublicationStatus
from consultations.models import ConsultationPage, Contribution, Phase, Statement
from consultations.official.models import AnswerSheet
from partnership.cities.models import City
from partnership.people.models import Resident

#: A comment or a proposed statement that waits longer than this is late.
HELD_TOO_LONG = timedelta(days=3)
#: What closed before, nobody is told of as news.
JUST_CLOSED = timedelta(days=60)


def unanswered(now: datetime) -> QuerySet[ConsultationPage]:
    """Closed consultations whose answers are not published, and that nobody calls answered."""
    published = AnswerSheet.objects.filter(consultation=OuterRef("pk")).exclude(published_at=None)
    closed = ConsultationPage.objects.live().closed(now).select_related("lead_city")
    return closed.exclude(stored_state=ConsultationState.ANSWERED).exclude(Exists(published))


def with_answers_due(now: datetime) -> QuerySet[ConsultationPage]:
    """Those whose phase of reporting has begun; without one, those that have just closed.

    ``has_phase`` says which. Once the promised day has come it is for ``with_broken_promise``.
    """
    phases = Phase.objects.filter(consultation=OuterRef("pk"), kind=PhaseKind.ANSWER)
    begun = Q(Exists(phases.filter(starts_at__lte=now)))
    has_time = Q(hear_back_on=None) | Q(hear_back_on__gt=now.date())
    just_closed = Q(has_time, ~Exists(phases), closes_at__gt=now - JUST_CLOSED)
    return unanswered(now).annotate(has_phase=Exists(phases)).filter(begun | just_closed)


def with_broken_promise(now: datetime) -> list[ConsultationPage]:
    """Those whose day for the answer is over in the lead city."""
    promised = unanswered(now).filter(hear_back_on__lte=now.date() + timedelta(days=1))
    return [
        page
        for page in promised
        if page.hear_back_on
        and page.hear_back_on < now.astimezone(ZoneInfo(page.lead_city.time_zone)).date()
    ]


def comments_held_too_long(now: datetime) -> QuerySet[Contribution]:
    """Comments that wait for a moderator."""
    return _held(Contribution.objects.all(), now)


def statements_held_too_long(now: datetime) -> QuerySet[Statement]:
    """Proposed statements that wait for a moderator."""
    return _held(Statement.objects.all(), now)


def _held(rows: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    late = rows.filter(
        publication_status=PublicationStatus.PENDING, created_at__lte=now - HELD_TOO_LONG
    )
    return late.filter(consultation__live=True)


def cities_of(consultation: ConsultationPage) -> list[City]:
    """Whose consultation it is: a joint one is everybody's."""
    return list(consultation.cities.all()) or list(City.objects.all())


def staff_with(permission: str, cities: Iterable[City]) -> QuerySet[Resident]:
    """Who was given this right and works for one of the cities; an administrator only if so."""
    app_label, codename = permission.split(".")
    right = {"content_type__app_label": app_label, "codename": codename}
    own = Q(**{f"user_permissions__{name}": value for name, value in right.items()})
    of_groups = Q(**{f"groups__permissions__{name}": value for name, value in right.items()})
    staff = Resident.objects.filter(is_active=True, is_staff=True, edits_for__in=list(cities))
    return staff.filter(own | of_groups).distinct().order_by("pk").select_related("city")
