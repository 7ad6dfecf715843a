"""Write the news to whoever asked for it: one mail for each issue, and none without news."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from home.news import mail, schedule
from home.news.composing import Sections, compose
from home.news.gathering import Window, gather
from home.news.models import Issue, Letter, NewsWish
from partnership.cities.models import City
from partnership.outbox.services import post_all

#: Readers of one tick; the next one goes on.
TOLD_AT_ONCE = 200
#: For so long it is known which issue went to whom.
KEPT_FOR = timedelta(days=90)


class Turn(NamedTuple):
    """The issue somebody is to have now, and what of it is new to them."""

    wish: NewsWish
    day: date
    window: Window


def tell_news(now: datetime | None = None) -> int:
    """Write to readers whose issue has left; return to how many there was something to say.

    Safe to run twice and at the same time. Readers are locked, and their watermark moves in
    the transaction of their mails: who is cut off in between begins again with the same ones.
    """
    cities, now = list(City.objects.all()), now or timezone.now()
    due = NewsWish.objects.reachable().due(now, cities)
    return _tell(due, now, cities) if due.exists() else 0


@transaction.atomic
def _tell(due: Any, now: datetime, cities: list[City]) -> int:
    locked = due.with_people().select_for_update(of=("self",))[:TOLD_AT_ONCE]
    turns = [turn_of(wish, now, cities) for wish in locked]
    _move_watermarks(turns)
    issues = _issues(turns)
    had = set(
        Letter.objects.of(turn.wish.participant_id for turn in turns)
        .filter(issue__in=issues.values())
        .values_list("issue", "participant")
    )
    ahead = [turn for turn in turns if (issues[turn.day].pk, turn.wish.participant_id) not in had]
    return _write(ahead, issues, cities)


def turn_of(wish: NewsWish, now: datetime, cities: Sequence[City]) -> Turn:
    """Return the last issue that left in the reader's zone, and what is new to them by then."""
    zones = {city.pk: city.time_zone for city in cities}
    zone = zones.get(getattr(wish, "clock", 0), cities[0].time_zone)
    day = schedule.last_day(now, zone, wish.rhythm)
    before, after = schedule.day_before(day, wish.rhythm), schedule.day_after(day, wish.rhythm)
    since = wish.told_until or schedule.instant(before, zone)
    return Turn(
        wish, day, Window(since, schedule.instant(day, zone), schedule.instant(after, zone))
    )


def _move_watermarks(turns: list[Turn]) -> None:
    by_instant = defaultdict(list)
    for turn in turns:
        by_instant[turn.window.until].append(turn.wish.pk)
    for until, keys in by_instant.items():
        NewsWish.objects.filter(pk__in=keys).update(told_until=until)


def _issues(turns: list[Turn]) -> dict[date, Issue]:
    days = {turn.day for turn in turns}
    Issue.objects.bulk_create((Issue(day=day) for day in days), ignore_conflicts=True)
    return {issue.day: issue for issue in Issue.objects.filter(day__in=days)}


def _write(turns: list[Turn], issues: dict[date, Issue], cities: list[City]) -> int:
    gathered = cache(gather)

    @cache
    def said(window: Window, code: str, topics: str, city: int | None) -> Sections:
        return compose(gathered(window), code=code, topics=topics, city=city, cities=cities)

    mails, letters = [], []
    for wish, day, window in turns:
        sections = said(window, mail.language_of(wish), wish.topics, wish.city_id)
        if sections:
            mails.append(mail.of_issue(issues[day], wish, sections, cities))
            letters.append(Letter(issue=issues[day], participant=wish.participant))
    Letter.objects.bulk_create(letters)
    return post_all(mail.KIND, mails)


def forget_old_letters() -> int:
    """Forget which issue went to whom, a season later; return how many."""
    old = Letter.objects.filter(written_at__lt=timezone.now() - KEPT_FOR)
    forgotten, _by_model = old.delete()
    return forgotten
