"""The mail with the news, as ``outbox.post`` takes it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from home.news.links import CHOICES, STOP
from home.news.models import Issue, NewsWish
from partnership.cities.models import City
from partnership.cities.ordering import own_first
from partnership.pages.languages import known_or_default, localized

KIND = "news"


def language_of(wish: NewsWish) -> str:
    """The language somebody asked for, if it is one of the partnership's."""
    return known_or_default(wish.language_code)


def of_issue(
    issue: Issue, wish: NewsWish, sections: Sequence[Any], cities: Sequence[City]
) -> dict[str, Any]:
    """The news of one reader; ``sections`` are in their language already."""
    code, participant = language_of(wish), wish.participant
    day: date = issue.day
    return {
        "to": participant.email,
        "language_code": code,
        "about": wish,
        "context": {
            "name": participant.get_short_name(),
            "day": day,
            "greeting": getattr(issue, localized("greeting", code)) or "",
            "sections": sections,
            "rhythm": wish.rhythm,
            "cities": own_first(cities, participant.city_id),
            "choices_url": CHOICES.to(participant, code),
            "stop_url": STOP.to(participant, code),
        },
    }
