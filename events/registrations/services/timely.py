"""What the clock brings to people with places: all of it safe to run twice, late or at once.

Each person's row is compared and set in the transaction that posts the mail, and every mail has
a key of its own, so that nobody is told the same thing twice.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.enums import EventStatus
from events.models import EventPage
from events.registrations import facts, mail
from events.registrations.enums import Ending, RegistrationStatus
from events.registrations.models import GroupMessage, Registration
from events.registrations.services import guardians, waiting
from partnership.cities.models import City
from partnership.outbox import waking

REMINDED_BEFORE = timedelta(hours=24)
#: What begins within it is told of at once: after the night it might be too late.
LONGEST_NIGHT = timedelta(hours=14)
#: Time to check people in before they are thanked, and when it is too late to thank.
THANKED_AFTER = timedelta(hours=12)
THANKED_WITHIN = timedelta(days=7)
AT_A_TIME = 200
#: People told in one transaction that holds the event, while others give places back.
TOLD_UNDER_LOCK = 50
#: People of one event told of a change in one round: mails and offers wait some seconds for them.
TOLD_AT_A_TIME = 1000
#: People are neither reminded of nor thanked for an event that did not happen.
NOT_HAPPENING = (EventStatus.CANCELLED, EventStatus.POSTPONED)


def expire_offers() -> int:
    """Pass on what was offered and not answered in time; return how many offers ended.

    While an event is postponed there is nothing to decide about: its offers wait with it.
    """
    overdue = Registration.objects.with_overdue_offer().order_by()
    overdue = overdue.exclude(event__event_status=EventStatus.POSTPONED)
    events = list(overdue.values_list("event_id", flat=True).distinct())
    return sum(_expire_offers(event_id) for event_id in events)


@transaction.atomic
def _expire_offers(event_id: int) -> int:
    event = waiting.lock(EventPage(pk=event_id))
    if event.is_postponed:
        return 0
    overdue = list(event.registrations.with_overdue_offer().with_people())
    ended = [each for each in overdue if not hears_news(each, event)]
    for registration in ended:
        end(registration, event, Ending.OFFER_PASSED)
        waiting.tell(mail.expired(registration))
    waiting.offer_free_places(event)
    return len(ended)


def hears_news(registration: Registration, event: EventPage) -> bool:
    """Whether something was new to them, such as a date after all: told, they have time anew."""
    now = facts.digest(event)
    is_told = registration.told == now or facts.is_of_before(registration.told)
    if is_told or event.is_over or not event.live:
        return False
    _tell_change(registration, event, now)
    return True


def end(registration: Registration, event: EventPage, ending: Ending) -> None:
    """Give up a place or a turn for somebody who hears of it otherwise, or has already."""
    guardians.settle(registration)
    registration.event = event
    registration.status, registration.offer_expires_at = RegistrationStatus.CANCELLED, None
    registration.cancelled_at, registration.ended_as = timezone.now(), ending
    of_guardian = ("guardian_email", "guardian_until")
    ended = ("status", "offer_expires_at", "cancelled_at", "ended_as")
    registration.save(update_fields=(*ended, *of_guardian))


def offer_what_became_free() -> int:
    """Offer places that quotas released or editors added; return how many groups got an offer."""
    ahead = EventPage.objects.filter(ends_at__gt=timezone.now(), live=True)
    queued = ahead.filter(registrations__status=RegistrationStatus.WAITING).order_by()
    return sum(_offer(pk) for pk in list(queued.values_list("pk", flat=True).distinct()))


@transaction.atomic
def _offer(event_id: int) -> int:
    return len(waiting.offer_free_places(waiting.lock(EventPage(pk=event_id))))


def close_lists() -> int:
    """Tell those who still wait when sign-up has closed that nothing became free; once each."""
    closed = _closed().filter(registrations__status=RegistrationStatus.WAITING).order_by()
    return sum(_close_list(pk) for pk in list(closed.values_list("pk", flat=True).distinct()))


def _closed() -> QuerySet:
    closes = Coalesce(F("sign_up_closes_at"), F("starts_at"))
    closed = EventPage.objects.annotate(closes=closes).filter(closes__lte=timezone.now())
    return closed.exclude(event_status__in=NOT_HAPPENING)


def _close_list(event_id: int) -> int:
    told, number = 0, TOLD_UNDER_LOCK
    while number == TOLD_UNDER_LOCK:
        number = _close_for_some(event_id)
        told += number
    return told


@transaction.atomic
def _close_for_some(event_id: int) -> int:
    """Tell the first in line; whoever gives a place back meanwhile waits for these only.

    Asked again under the lock: an editor may have opened it anew or put the event off.
    """
    event = waiting.lock(EventPage(pk=event_id))
    if not _closed().filter(pk=event_id).exists():
        return 0
    left = list(event.registrations.waiting().with_people()[:TOLD_UNDER_LOCK])
    for registration in left:
        end(registration, event, Ending.NO_PLACE)
        waiting.tell(mail.closed(registration))
    return len(left)


def awaited(event: str = "") -> Q:
    """Events people may still count on; one put off is among them when its first date is over."""
    now = timezone.now()
    is_off = Q(**{f"{event}event_status__in": NOT_HAPPENING})
    lately = Q(**{f"{event}ends_at__gt": now - mail.CONTACT_KEPT})
    return Q(**{f"{event}ends_at__gt": now}) | (is_off & lately)


def tell_changes() -> int:
    """Tell what is new about an event: date, place, state; return how many were told.

    In the end everybody: the next round goes on with who was not told yet.
    """
    ahead = EventPage.objects.filter(awaited(), live=True)
    known = Registration.objects.hoping().filter(event__in=ahead).order_by()
    told: dict[int, set[str]] = defaultdict(set)
    for event_id, digest in known.values_list("event_id", "told").distinct():
        told[event_id].add(digest)
    events = EventPage.objects.in_bulk(told)
    return sum(_tell_changes(event, told[event.pk]) for event in events.values())


def _tell_changes(event: EventPage, told: set[str]) -> int:
    now = facts.digest(event)
    if told == {now}:
        return 0
    _begin_with(now, event)
    stale = event.registrations.hoping().exclude(told=now).with_people()[:TOLD_AT_A_TIME]
    return sum(_tell_change(registration, event, now) for registration in stale)


@transaction.atomic
def _begin_with(now: str, event: EventPage) -> None:
    """Note it for those who have nothing to compare with, all of them in one go.

    Locks the event's row, as whoever else writes several places at once does.
    """
    waiting.lock(event)
    event.registrations.hoping().exclude(told__startswith=facts.VERSION).update(told=now)


@transaction.atomic
def _tell_change(registration: Registration, event: EventPage, now: str) -> bool:
    """Tell one person, unless another process has just done so.

    Who was offered a place has time to answer anew, once there is a date to answer for; so has
    a guardian.
    """
    registration.event = event
    until = _time_anew(registration, event)
    if not _set(registration, "told", now, reminded_at=None, **until):
        return False
    is_cancelled = event.event_status == EventStatus.CANCELLED
    waiting.tell(mail.event_changed(registration, is_cancelled=is_cancelled))
    if is_cancelled and (registration.awaits_guardian or not registration.is_registered):
        end(registration, event, Ending.CALLED_OFF)
    return True


def _time_anew(registration: Registration, event: EventPage) -> dict[str, Any]:
    """Give it to whoever has something to answer, on the row at hand; return the columns."""
    if event.event_status not in NOT_HAPPENING:
        current = timezone.now()
        if registration.is_offered:
            registration.offer_expires_at = waiting.offer_ends_at(event, current)
        if registration.awaits_guardian:
            registration.guardian_until = guardians.answer_due(event, current)
    names = ("offer_expires_at", "guardian_until")
    return {name: getattr(registration, name) for name in names}


def sleeping(now: datetime) -> Q:
    """Whose city sleeps: these rows are come back to in the morning, and told as it is then."""
    night = Q(city__in=waking.asleep(City.objects.all(), now))
    return night | Q(city=None) if waking.asleep([None], now) else night


def remind() -> int:
    """Remind those who come tomorrow, at night only who would else be told too late.

    Returns how many were.
    """
    now = timezone.now()
    due = Registration.objects.registered().filter(
        reminded_at=None,
        guardian_until=None,
        event__live=True,
        event__starts_at__gt=now,
        event__starts_at__lte=now + REMINDED_BEFORE,
        created_at__lt=F("event__starts_at") - REMINDED_BEFORE,
    )
    due = due.exclude(event__event_status__in=NOT_HAPPENING)
    due = due.exclude(sleeping(now), event__starts_at__gt=now + LONGEST_NIGHT)
    return sum(_remind(row) for row in due.select_related("event").with_people()[:AT_A_TIME])


@transaction.atomic
def _remind(registration: Registration) -> bool:
    is_first = _set(registration, "reminded_at", timezone.now())
    if is_first:
        waiting.tell(mail.reminder(registration))
    return is_first


def thank() -> int:
    """Thank those who were there, half a day later; return how many were."""
    now = timezone.now()
    due = (
        Registration.objects.who_came()
        .filter(
            thanked_at=None,
            event__live=True,
            event__ends_at__lte=now - THANKED_AFTER,
            event__ends_at__gt=now - THANKED_WITHIN,
        )
        .exclude(event__event_status__in=NOT_HAPPENING)
        .exclude(sleeping(now))
    )
    return sum(_thank(row) for row in due.select_related("event").with_people()[:AT_A_TIME])


@transaction.atomic
def _thank(registration: Registration) -> bool:
    is_first = _set(registration, "thanked_at", timezone.now())
    if is_first:
        waiting.tell(mail.thanks(registration))
    return is_first


def _set(registration: Registration, name: str, value: object, **others: object) -> bool:
    """Compare and set one column; False when another process was first."""
    same = {name: getattr(registration, name), "status": registration.status}
    found = Registration.objects.filter(pk=registration.pk, **same)
    return found.update(**{name: value}, **others) == 1


def send_messages() -> int:
    """Send what staff wrote to groups, to some at every round; return to how many people."""
    written = GroupMessage.objects.filter(sent_at=None).order_by("pk")
    return sum(_send_message(key) for key in list(written.values_list("pk", flat=True)))


@transaction.atomic
def _send_message(key: int) -> int:
    """Write to the next of them; locks the message, which notes up to whom it went."""
    unsent = GroupMessage.objects.filter(pk=key, sent_at=None).select_related("event")
    message = unsent.select_for_update(of=("self",)).first()
    if message is None:
        return 0
    rest = message.addressees.filter(pk__gt=message.told_up_to).order_by("pk")
    people = list(rest.with_people()[:AT_A_TIME])
    for registration in people:
        registration.event = message.event
        waiting.tell(mail.message(registration, message))
    if people:
        message.told_up_to = people[-1].pk
    if len(people) < AT_A_TIME:
        message.sent_at = timezone.now()
    message.save(update_fields=("told_up_to", "sent_at"))
    return len(people)


def people_to_write_to() -> QuerySet:
    """Return the keys of those whose event is ahead, or was not long ago, on its newest date."""
    lately = timezone.now() - mail.CONTACT_KEPT
    return Registration.objects.filter(event__ends_at__gt=lately).order_by().values("participant")


def forget_details() -> int:
    """Erase needs, answers and guardians two months after an event; return for how many."""
    long_over = Q(event__ends_at__lt=timezone.now() - mail.CONTACT_KEPT)
    texts = ("needs", "guardian_name", "guardian_email", "guardian_consent")
    written = reduce(or_, (~Q(**{name: ""}) for name in texts), ~Q(answers={}))
    kept = Registration.objects.filter(long_over & written)
    return kept.update(answers={}, **dict.fromkeys(texts, ""))
