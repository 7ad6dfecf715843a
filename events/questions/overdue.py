"""Questions that nobody has read the day after, and public ones nobody has answered long after."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.questions.models import CALLED_OFF, QuestionTime
from partnership import continuity
from partnership.continuity import Check, Concern
from partnership.publication import PublicationStatus

#: Published questions are answered, by word or in writing, so long after the close.
ANSWERED_WITHIN = timedelta(days=30)
#: Whatever was sent in is read by the end of that day.
READ_WITHIN = timedelta(days=1)


def unanswered(today: date) -> Iterator[Concern]:
    """Events at which published questions have waited for 30 days since the close."""
    long_ago = datetime.combine(today, time.max, tzinfo=UTC) - ANSWERED_WITHIN

    def words(number: int) -> str:
        return ngettext(
            "%(number)d question asked live at “%(event)s” has no answer.",
            "%(number)d questions asked live at “%(event)s” have no answer.",
            number,
        )

    ahead = _("Answer what was asked live at “%(event)s”.")
    return _waiting(PublicationStatus.PUBLISHED, long_ago, ANSWERED_WITHIN, words, ahead)


def unread(today: date) -> Iterator[Concern]:
    """Events at which questions that nobody has read wait, from the day after the close on."""
    this_morning = datetime.combine(today, time.min, tzinfo=UTC)

    def words(number: int) -> str:
        return ngettext(
            "%(number)d question asked live at “%(event)s” was never read.",
            "%(number)d questions asked live at “%(event)s” were never read.",
            number,
        )

    ahead = _("Read what was asked live at “%(event)s”.")
    return _waiting(PublicationStatus.PENDING, this_morning, READ_WITHIN, words, ahead)


def _waiting(
    status: PublicationStatus,
    before: datetime,
    within: timedelta,
    words: Callable[[int], str],
    ahead: str,
) -> Iterator[Concern]:
    """Events that closed before then at which questions in this state have no answer."""
    waiting = QuestionTime.objects.filter(
        closes_at__lt=before,
        event__live=True,
        questions__answered_at=None,
        questions__publication_status=status,
    ).exclude(event__event_status__in=CALLED_OFF)
    counted = waiting.annotate(number=Count("questions")).select_related("event")
    for found in counted.prefetch_related("event__cities").order_by("closes_at", "pk"):
        yield Concern(
            words=words(found.number) % {"number": found.number, "event": found.event.title},
            ahead=ahead % {"event": found.event.title},
            due=(found.closes_at + within).date(),
            edit_url=f"{reverse('live_questions:index')}?question_time={found.pk}",
            cities=tuple(found.event.cities.all()),
        )


def register() -> None:
    """Ask for both."""
    read = Check(
        name="live_questions.read",
        heading=gettext_lazy("Live questions that nobody has read"),
        find=unread,
    )
    continuity.register(read, order=43)
    check = Check(
        name="live_questions.answered",
        heading=gettext_lazy("Live questions without an answer"),
        find=unanswered,
    )
    continuity.register(check, order=44)
