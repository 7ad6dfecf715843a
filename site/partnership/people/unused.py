"""Accounts that nobody uses: written to long before, then erased as their owners would erase them.

``UNUSED_ACCOUNT_MONTHS`` says after how long; signing in, or confirming the address where one takes
part, keeps an account. Nothing is erased that was not warned: the mail must have left 60 days ago,
and the clock must have gone round on 60 different days since. So neither a mail server that is
away nor a clock that is set years ahead erases anybody.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, ProtectedError, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from partnership.outbox import waking
from partnership.outbox.enums import MailState
from partnership.outbox.models import OutgoingMail
from partnership.outbox.services import post
from partnership.pages.languages import known_or_default
from partnership.people import guests
from partnership.people.erasure import erase_unused
from partnership.people.models import Participant, Resident, UnusedAccount

log = logging.getLogger(__name__)

#: From the mail that says so to the earliest erasure.
WARNED_BEFORE = timedelta(days=60)
#: After so long somebody whom no mail reached is written to again.
AGAIN_AFTER = timedelta(days=120)
#: In one round of the clock, an hour apart.
WARNED_AT_ONCE = 50
ERASED_AT_ONCE = 5
MONTH = timedelta(days=365.25 / 12)

Needed = Callable[[], QuerySet]
_needed: dict[str, Needed] = {}


def keep_while(needed: Needed) -> Needed:
    """Say whose accounts (their keys) are of use without signing in: who asked for mails."""
    _needed[f"{needed.__module__}.{needed.__qualname__}"] = needed
    return needed


def unused(now: datetime) -> QuerySet[Resident]:
    """Accounts without any right here that nobody has used for so long.

    Nobody of those we still have to write to (a place ahead, news they asked for), and no account
    that staff have closed: its owner could not keep it by signing in.
    """
    since = now - settings.UNUSED_ACCOUNT_MONTHS * MONTH
    found = Resident.objects.filter(Q(last_login=None) | Q(last_login__lt=since))
    found = found.filter(
        joined_at__lt=since, is_active=True, is_staff=False, is_superuser=False,
        groups=None, edits_for=None, user_permissions=None,
    )  # fmt: skip
    for people in guests.needed():
        known = Participant.objects.filter(pk__in=people(), resident__isnull=False)
        found = found.exclude(pk__in=known.values("resident"))
    for accounts in _needed.values():
        found = found.exclude(pk__in=accounts())
    return found


def see_to_unused(now: datetime | None = None) -> None:
    """Warn, count the days, erase; safe to run twice and at the same time."""
    if not settings.UNUSED_ACCOUNT_MONTHS:
        return
    now = now or timezone.now()
    _let_go(now)
    _count_the_day(now)
    for notice in _to_be_erased(now).order_by("pk")[:ERASED_AT_ONCE]:
        _erase(notice, now)
    known = UnusedAccount.objects.values("resident")
    for resident in unused(now).exclude(pk__in=known).order_by("pk")[:WARNED_AT_ONCE]:
        _warn(resident, now)


def _let_go(now: datetime) -> None:
    """Forget the warning of whoever came back, and one that told nobody: it is written anew."""
    UnusedAccount.objects.exclude(resident__in=unused(now).values("pk")).delete()
    UnusedAccount.objects.exclude(email=F("resident__email")).delete()
    unsent = UnusedAccount.objects.exclude(mail__state=MailState.SENT)
    unsent.filter(written_at__lt=now - AGAIN_AFTER).delete()


def _count_the_day(now: datetime) -> None:
    """One day more since the mail left, whatever the clock has jumped over.

    No join: of two clocks at once the second would not see that the first has counted.
    """
    sent = OutgoingMail.objects.filter(state=MailState.SENT, sent_at__lte=now)
    another = Q(counted_on=None) | ~Q(counted_on=now.date())
    told = UnusedAccount.objects.filter(another, mail__in=sent)
    told.update(days=F("days") + 1, counted_on=now.date())


def _to_be_erased(now: datetime) -> QuerySet[UnusedAccount]:
    """Those warned in time, at the address they still have."""
    return UnusedAccount.objects.filter(
        mail__state=MailState.SENT,
        mail__sent_at__lte=now - WARNED_BEFORE,
        days__gte=WARNED_BEFORE.days,
        email=F("resident__email"),
    )


def _erase(notice: UnusedAccount, now: datetime) -> None:
    """One that the database keeps for a reason nobody foresaw holds up no other."""
    try:
        erase_unused(notice.resident_id, still=unused(now))
    except (ProtectedError, DatabaseError):
        log.exception("The unused account %s could not be erased.", notice.resident_id)
        UnusedAccount.objects.filter(pk=notice.pk).update(days=0)


@transaction.atomic
def _warn(resident: Resident, now: datetime) -> None:
    code = known_or_default(resident.language_code)
    with translation.override(code):
        url = f"{settings.BASE_URL}{reverse('account_login')}"
    mail = post(
        "account_unused",
        to=resident.email,
        language_code=code,
        context={
            "name": resident.get_short_name(),
            "last_used": _day_there(resident, resident.last_login or resident.joined_at),
            "last_day": _last_day(resident, now),
            "url": url,
        },
        dedup_key=f"account_unused:{resident.pk}:{now:%Y-%m-%d}",
        not_before=waking.hour_for(resident.city, now),
    )
    told = {"mail": mail, "email": mail.to, "written_at": now}
    UnusedAccount.objects.get_or_create(resident=resident, defaults=told)


def _last_day(resident: Resident, now: datetime) -> date:
    """The last whole day before the earliest erasure: who signs in on its evening is in time."""
    return _day_there(resident, now + WARNED_BEFORE) - timedelta(days=1)


def _day_there(resident: Resident, instant: datetime) -> date:
    """The day it is then in somebody's home city."""
    zone = resident.city.time_zone if resident.city else settings.TIME_ZONE
    return instant.astimezone(ZoneInfo(zone)).date()
