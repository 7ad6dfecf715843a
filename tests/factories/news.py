"""Readers of the news, and the Thursdays on which they come."""

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from home.models import StoryPage
from home.news.models import NewsWish
from partnership.outbox.models import OutgoingMail
from partnership.people.guests import GuestDetails, recognise
from partnership.people.models import Participant
from tests.factories.cities import city_pair
from tests.factories.home import make_story
from tests.factories.people import ResidentFactory

#: The first Thursday of a month, seven in the evening; both cities are past eight.
FIRST_THURSDAY = datetime(2026, 12, 3, 19, tzinfo=UTC)
SECOND_THURSDAY = datetime(2026, 12, 10, 19, tzinfo=UTC)
THURSDAY_AFTER = datetime(2026, 12, 17, 19, tzinfo=UTC)
#: Before any of them.
TUESDAY = datetime(2026, 12, 1, 12, tzinfo=UTC)


def account(email: str = "ana@example.org", **fields: Any) -> Participant:
    """Somebody with an account in the first city."""
    resident = ResidentFactory(email=email, **{"city": city_pair()[0], **fields})
    return Participant.objects.of(resident)


def guest(email: str = "gil@example.org", code: str = "en") -> Participant:
    """Somebody without an account, whose address is confirmed."""
    city_pair()
    return recognise(GuestDetails(email=email, name="", city=None, language_code=code))


def wish_of(participant: Participant, **choices: Any) -> NewsWish:
    """Their wish for news, made before the first Thursday."""
    values = {"language_code": participant.language_code, "asked_at": TUESDAY, **choices}
    return NewsWish.objects.create(participant=participant, **values)


def letters_to(email: str) -> list[OutgoingMail]:
    """The news somebody was sent, the first one first."""
    return list(OutgoingMail.objects.filter(kind="news", to=email).order_by("pk"))


def put_the_clock_at(instant: datetime, monkeypatch: Any) -> None:
    """Let it be that moment."""
    monkeypatch.setattr(timezone, "now", lambda: instant)


def story(title: str = "How the bench stayed", **fields: Any) -> StoryPage:
    """A story that is published at this moment."""
    return make_story(title, first_published_at=timezone.now(), **fields)
