"""What staff see of the news: how many read, and the next issue before it leaves."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from home.news import mail, schedule
from home.news.composing import compose
from home.news.enums import Rhythm
from home.news.gathering import Window, gather
from home.news.models import EVERYTHING, Issue, NewsWish
from home.news.services import begin
from partnership.cities.models import City
from partnership.masking import SMALLEST_GROUP, masked_parts
from partnership.pages import mail_examples
from partnership.pages.languages import CODES, own_name
from partnership.people.models import Participant, Resident


def next_issue(now: datetime) -> Issue | None:
    """Return the issue that leaves next in the first city, made if need be; None without one."""
    city = City.objects.first()
    if city is None:
        return None
    last = schedule.last_day(now, city.time_zone, Rhythm.WEEKLY)
    return begin(schedule.day_after(last, Rhythm.WEEKLY))


def with_letters(issues: QuerySet) -> QuerySet:
    """Add ``letters_count``: to how many it was written."""
    return issues.annotate(letters_count=Count("letters"))


def readers() -> dict[str, Any]:
    """How many read about which city in which language; small groups are kept back.

    As ``languages`` (names) and ``rows`` of ``city`` and ``cells``, None where it is not told.
    """
    counted = Counter[str]()
    wishes = NewsWish.objects.reachable().order_by()
    for code, city, number in wishes.values_list("language_code", "city").annotate(Count("pk")):
        counted[f"{city or ''} {code}"] += number
    kept_back, total = masked_parts(counted), counted.total()
    choices = [("", _("All cities")), *((each.pk, str(each)) for each in City.objects.all())]
    rows = [
        {
            "city": name,
            "cells": [
                None if f"{key} {code}" in kept_back else counted[f"{key} {code}"] for code in CODES
            ],
        }
        for key, name in choices
    ]
    is_told = not total or total >= SMALLEST_GROUP
    languages = [own_name(code) for code in CODES]
    return {"languages": languages, "rows": rows, "total": total if is_told else None}


def preview(code: str) -> HttpResponse:
    """The next issue as it would be now, of all cities and about everything."""
    cities, now = list(City.objects.all()), timezone.now()
    issue = next_issue(now)
    if issue is None:
        return HttpResponse("")
    zone = cities[0].time_zone
    after = schedule.day_after(issue.day, Rhythm.WEEKLY)
    days = (schedule.day_before(issue.day, Rhythm.WEEKLY), issue.day, after)
    window = Window(*(schedule.instant(day, zone) for day in days))
    sections = compose(gather(window), code=code, topics=EVERYTHING, city=None, cities=cities)
    reader = Resident(email="name@example.org", name=_("Somebody"), language_code=code)
    wish = NewsWish(participant=Participant(resident=reader), language_code=code)
    return mail_examples.shown(mail.KIND, mail.of_issue(issue, wish, sections, cities), code)
