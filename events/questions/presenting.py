"""What is seen of live questions: on their page, on the wall, by whoever chairs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from events.clocks import in_short
from events.models import EventPage
from events.presenting import ancestors
from events.questions.models import CALLED_OFF, LiveQuestion, QuestionSupport, QuestionTime
from events.questions.permissions import may_chair
from events.questions.presence import asked_by, supported_by
from events.questions.turns import Support, in_turns
from partnership.cities.former import there_at
from partnership.cities.models import City
from partnership.interface import context as frame
from partnership.pages.languages import CODES, active, localized
from partnership.publication import PublicationStatus
from partnership.serving import fresh_until

#: How many questions wait on the wall below the one that is being answered.
NEXT_ON_THE_WALL = 3


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A question as it is read in the active language."""

    question: LiveQuestion
    supporters: int
    is_supported: bool = False

    @property
    def text(self) -> str:
        """Its words in the reader's language, or else as they were written."""
        return self.question.said_in(active()) or self.question.text

    @property
    def original(self) -> str:
        """The words as written, where others stand in for them."""
        return self.question.text if self.text != self.question.text else ""

    @property
    def support_url(self) -> str:
        """Where one supports it, or takes that back."""
        time = self.question.question_time
        return time.address("event_questions_support", self.question.pk)

    @property
    def lang(self) -> str:
        """The language of the text, where it is not the page's."""
        own = self.question.language_code
        return "" if self.original or own == active() else own


def support_of(questions: Any) -> Support:
    """Return how many people of each city support each of these questions; one query."""
    found: defaultdict[int, dict[int | None, int]] = defaultdict(dict)
    rows = QuestionSupport.objects.filter(question__in=questions.order_by().values("pk"))
    for pk, city, number in rows.values_list("question", "city").annotate(number=Count("pk")):
        found[pk][city] = number
    return found


def sorted_out(time: QuestionTime, own: Iterable[int] = ()) -> dict[str, Any]:
    """Return the public questions: the one that is ``current``, those ``waiting``, ``answered``."""
    questions = LiveQuestion.objects.filter(question_time=time).published()
    support = support_of(questions)
    known = list(questions.select_related("city"))
    waiting = [one for one in known if one.answered_at is None and one.taken_at is None]
    answered = sorted(
        (one for one in known if one.answered_at), key=lambda one: (one.answered_at, one.pk)
    )
    current = next((one for one in known if one.is_being_answered), None)

    def shown(question: LiveQuestion) -> Shown:
        question.question_time = time  # at hand already: nobody asks for it again
        return Shown(
            question=question,
            supporters=sum(support.get(question.pk, {}).values()),
            is_supported=question.pk in own,
        )

    return {
        "current": shown(current) if current else None,
        "waiting": [shown(one) for one in in_turns(waiting, support)],
        "answered": [shown(one) for one in answered],
    }


def page_context(request: HttpRequest, time: QuestionTime, form: Any = None) -> dict[str, Any]:
    """Everything the page of the questions shows, in a number of queries that never grows."""
    fresh_until(request, time.opens_at, time.closes_at)
    cities = frame.once(request, frame.cities)
    chairs = may_chair(request.user, time)
    return {
        **sorted_out(time, supported_by(request, time)),
        **about(time, cities),
        "form": form,
        "own": [
            {"question": one, "withdraw_url": time.address("event_questions_withdraw", one.pk)}
            for one in asked_by(request, time).not_taken_up()
        ],
        "ask_url": time.address("event_questions_ask"),
        "wall_url": time.address("event_questions_wall"),
        "chair_url": time.address("event_questions_chair") if chairs else "",
        "may_leave": not request.user.is_authenticated,
    }


def about(time: QuestionTime, cities: list[City]) -> dict[str, Any]:
    """The time for questions with its event, and its instants on every clock."""
    event = time.event
    cities = there_at(event, cities)
    above = [*ancestors(event), {"title": event.title, "url": event.url_in(active())}]
    return {
        "time": time,
        "event": event,
        "event_url": event.url_in(active()),
        "ancestors": above,
        "opens": in_short(time.opens_at, cities),
        "closes": in_short(time.closes_at, cities),
        "url": time.address(),
        "come_in_url": time.address("event_questions_come_in"),
    }


def chair_context(time: QuestionTime, cities: list[City]) -> dict[str, Any]:
    """What whoever chairs sees: also what readers do not."""
    asked = LiveQuestion.objects.filter(question_time=time)
    rows = list(asked.kept_back().select_related("city"))
    waits = [one for one in rows if one.publication_status == PublicationStatus.PENDING]
    return {
        **sorted_out(time),
        **about(time, cities),
        "pending": [Shown(question=one, supporters=0) for one in waits],
        "hidden": [Shown(question=one, supporters=0) for one in rows if one not in waits],
    }


def wall_context(request: HttpRequest, time: QuestionTime) -> dict[str, Any]:
    """What a projector shows; the code only to whoever chairs, so that it stays in the halls.

    Everybody else's wall says where the page is, which lets in no more than it always does.
    """
    fresh_until(request, time.opens_at, time.closes_at)
    found = sorted_out(time)
    chairs = time.is_open and may_chair(request.user, time)
    return {
        "time": time,
        "event": time.event,
        "titles": [(code, getattr(time.event, localized("title", code))) for code in CODES],
        "current": found["current"],
        "next": found["waiting"][:NEXT_ON_THE_WALL],
        "url": time.address(),
        "code": time.code_in_groups if chairs else "",
        "scan_url": settings.BASE_URL + reverse("live_questions_scan", args=(time.code,)),
        "short_url": short_address(),
        "page_urls": _page_addresses(time) if time.is_open and not chairs else [],
        "page_scan_url": settings.BASE_URL + time.address(),
    }


def short_address() -> str:
    """Where one types the code, as it is read from a wall."""
    return _as_read(reverse("live_questions_short"))


def _as_read(path: str) -> str:
    return (settings.BASE_URL + path).partition("://")[2].rstrip("/")


def _page_addresses(time: QuestionTime) -> list[tuple[str, str]]:
    """Where the questions are in each language, as it is read from a wall."""
    found = []
    for code in CODES:
        with translation.override(code):
            found.append((code, _as_read(time.address())))
    return found


def panel_context(event: EventPage) -> dict[str, Any]:
    """What an event's page says of its questions; nothing where it has none."""
    time = getattr(event, "question_time", None) if event.pk else None
    if time is None or event.event_status in CALLED_OFF:
        return {"time": None}
    time.event = event
    return {"time": time, "url": time.address(), "address": _as_read(time.address())}
