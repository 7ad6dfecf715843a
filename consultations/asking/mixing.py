"""What the clock does for anonymous answers: what a database notes by itself leads to nobody.

PostgreSQL writes beside every row which transaction wrote it, and rows lie in the order they
came in. Until the next round whoever reads those columns could put answers and marks side by
side; afterwards all answers of a consultation were written at once, in the order of keys by
chance. SQLite keeps rows in the order of their keys from the beginning.
"""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from consultations.asking.anonymous import day_only
from consultations.models import ConsultationPage, Response
from partnership.masking import SMALLEST_GROUP

Day = TypeVar("Day", bound=date)  # an instant is one, too


def mix_everything() -> int:
    """Mix the answers of every consultation that has anonymous ones; return how many have."""
    anonymous = ConsultationPage.objects.filter(responses__is_anonymous=True).distinct()
    keys = list(anonymous.values_list("pk", flat=True))
    for consultation_id in keys:
        mix(consultation_id)
    return len(keys)


@transaction.atomic
def mix(consultation_id: int) -> None:
    """Put quiet days together, and write the rows anew where the database tells their order.

    On PostgreSQL both tables are locked against other writers meanwhile; readers do not wait.
    """
    rows = Response.objects.filter(consultation=consultation_id, is_anonymous=True)
    quiet_days = _quiet_days(rows)
    if connection.vendor != "postgresql":
        _join(rows, quiet_days)
    elif quiet_days or _tells_an_order(consultation_id):
        _lock_tables()
        _join(rows, quiet_days)
        _write_anew(consultation_id)


def _quiet_days(rows: Any) -> list[tuple[int | None, datetime, datetime]]:
    """The days that are over and on which fewer than five of a city answered.

    After the close nobody answers any more, so that the last day is over with it.

    Whoever was here on such a day would be pointed at by it: it becomes part of the day before
    it that has five, or of the first one. Gives the city, the day, and what it is told as.
    """
    now = timezone.now()
    over = rows.filter(Q(created_at__lt=day_only(now)) | Q(consultation__closes_at__lte=now))
    days: dict[int | None, list[tuple[datetime, int]]] = {}
    counted = over.order_by("created_at").values_list("city_id", "created_at")
    for city_id, day, people in counted.annotate(people=Count("pk")):
        days.setdefault(city_id, []).append((day, people))
    return [
        (city_id, day, first)
        for city_id, of_city in days.items()
        for day, first in joined(of_city).items()
        if day != first
    ]


def _join(rows: Any, quiet_days: list[tuple[int | None, datetime, datetime]]) -> None:
    for city_id, day, first in quiet_days:
        of_day = rows.filter(city=city_id, created_at=day)
        of_day.update(created_at=first, changed_at=first)


def joined(days: list[tuple[Day, int]]) -> dict[Day, Day]:
    """Return for each day (with how many people) the day it is told as; five people share one."""
    groups: list[tuple[list[Day], int]] = []
    for day, people in days:
        if groups and groups[-1][1] < SMALLEST_GROUP:
            groups[-1] = ([*groups[-1][0], day], groups[-1][1] + people)
        else:
            groups.append(([day], people))
    if len(groups) > 1 and groups[-1][1] < SMALLEST_GROUP:
        (last, few), (before, many) = groups.pop(), groups.pop()
        groups.append((before + last, many + few))
    return {day: members[0] for members, _people in groups for day in members}


# PostgreSQL ----------------------------------------------------------------------------------

LOCK = "LOCK TABLE consultations_response, consultations_answer IN EXCLUSIVE MODE"
TRANSACTIONS = (
    "SELECT COUNT(DISTINCT xmin::text) FROM consultations_response"
    " WHERE consultation_id = %s AND is_anonymous"
)
TAKE_RESPONSES = (
    "CREATE TEMPORARY TABLE mixed_responses ON COMMIT DROP AS"
    " SELECT * FROM consultations_response WHERE consultation_id = %s AND is_anonymous"
)
TAKE_ANSWERS = (
    "CREATE TEMPORARY TABLE mixed_answers ON COMMIT DROP AS"
    " SELECT * FROM consultations_answer"
    " WHERE response_id IN (SELECT id FROM mixed_responses)"
)
PUT_BACK = (
    "DELETE FROM consultations_answer WHERE id IN (SELECT id FROM mixed_answers)",
    "DELETE FROM consultations_response WHERE id IN (SELECT id FROM mixed_responses)",
    "INSERT INTO consultations_response SELECT * FROM mixed_responses ORDER BY id",
    "INSERT INTO consultations_answer SELECT * FROM mixed_answers ORDER BY id",
    "DROP TABLE mixed_answers, mixed_responses",  # they may be mixed once more before the commit
)


def _lock_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK)


def _tells_an_order(consultation_id: int) -> bool:
    """Whether more than one transaction wrote these responses."""
    with connection.cursor() as cursor:
        cursor.execute(TRANSACTIONS, [consultation_id])
        return bool(cursor.fetchone()[0] > 1)


def _write_anew(consultation_id: int) -> None:
    """Take the rows out and put them back in the order of their keys, all in one transaction.

    What points to an answer is checked at the commit, when the answer is there again.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE_RESPONSES, [consultation_id])
        cursor.execute(TAKE_ANSWERS)
        for statement in PUT_BACK:
            cursor.execute(statement)
