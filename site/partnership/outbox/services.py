"""Write a mail with the change it is about; deliver it after the change is certain."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from threading import BoundedSemaphore
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from partnership.outbox import clock, delivery, letters, standstill
from partnership.outbox.enums import MailState
from partnership.outbox.models import OutgoingMail
from partnership.outbox.querysets import OutgoingMailQuerySet

logger = logging.getLogger(__name__)

Attachment = tuple[str, str | bytes, str]  # name, content, mimetype

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
#: What expires carries a code that somebody is waiting for.
LONGEST_PAUSE_WITH_CODE = timedelta(minutes=1)
#: With the pauses above, about three days.
MOST_ATTEMPTS = 80
FORGET_AFTER = timedelta(days=30)
#: How many requests of one process deliver a mail at the same time.
AT_ONCE = 2
_at_once = BoundedSemaphore(AT_ONCE)
#: Mails of one round; the next round is two seconds later.
ROUND = 200
EMPTY: dict[str, Any] = {
    "text": "",
    "html": "",
    "stop_url": "",
    "attachments": [],
    "reply_to": "",
    "leased_until": None,
}


def post(
    kind: str,
    *,
    to: str,
    language_code: str,
    context: dict[str, Any],
    template: str = "",
    about: models.Model | None = None,
    dedup_key: str | None = None,
    is_new: bool = False,
    expires_at: datetime | None = None,
    attachments: Iterable[Attachment] = (),
    reply_to: str = "",
    not_before: datetime | None = None,
) -> OutgoingMail:
    """Write a mail to one person, in the caller's transaction, and return its row.

    Delivery is tried right after the commit and then by ``deliver_due``, which alone delivers
    what the clock writes. A second mail with
    the same ``dedup_key`` is not written: the first one's row is returned; a caller who knows
    that the key ``is_new`` saves looking for it. A mail with ``expires_at`` is dropped unsent
    after that, and its subject is erased like its body. A ``stop_url`` in the context is linked
    in the foot, and mail programs post there. Whoever answers writes to ``reply_to``.
    What can wait leaves ``not_before`` a waking hour (see ``waking``).
    The words are in emails/<kind>.*, or in those of ``template`` where several kinds share one.
    """
    known = OutgoingMail.objects.filter(dedup_key=dedup_key)
    if dedup_key and not is_new and (earlier := known.first()):
        return earlier
    written = _written(kind, template, to=to, language_code=language_code, context=context)
    written.attachments = [delivery.packed(*attachment) for attachment in attachments]
    written.about = _named(about)
    written.dedup_key, written.expires_at, written.reply_to = dedup_key, expires_at, reply_to
    written.next_attempt_at = not_before or written.next_attempt_at
    return _keep(written)


def post_all(kind: str, mails: Iterable[dict[str, Any]]) -> int:
    """Write mails of one kind to many people in one query; return how many.

    In the caller's transaction; each has to, language_code, context and about. The clock
    delivers them: no request waits for so many.
    """
    rows = []
    for mail in mails:
        about = mail.pop("about")
        rows.append(_written(kind, **mail))
        rows[-1].about = _named(about)
    return len(OutgoingMail.objects.bulk_create(rows))


def _written(
    kind: str, template: str = "", *, to: str, language_code: str, context: dict[str, Any]
) -> OutgoingMail:
    letter = letters.write(template or kind, language_code=language_code, context=context, to=to)
    return OutgoingMail(
        kind=kind,
        to=to,
        language_code=language_code,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        stop_url=context.get("stop_url", ""),
    )


def _named(about: models.Model | None) -> str:
    return f"{about._meta.label_lower}:{about.pk}" if about else ""


def _keep(mail: OutgoingMail) -> OutgoingMail:
    """Write the row and have it delivered; in a race for one key the first row is returned."""
    try:
        with transaction.atomic():
            mail.save()
    except IntegrityError:
        if mail.dedup_key is None:
            raise
        return OutgoingMail.objects.get(dedup_key=mail.dedup_key)

    if mail.next_attempt_at > timezone.now():
        return mail  # the clock delivers it in its hour

    def deliver_now() -> None:  # a function with a name, which Django tells when it fails
        _deliver_at_once(mail.pk)

    transaction.on_commit(deliver_now, robust=True)
    return mail


def deliver_due() -> int:
    """Try every mail whose time has come; return how many were sent.

    Safe to run twice and at the same time: each mail is claimed by compare-and-set. A mail
    is doubled only when we die between the server's yes and our own commit, and then with
    the same Message-ID. When the server cannot be reached the round ends; one mail that it
    puts off holds up no other. One connection carries the whole round.
    """
    drop_expired()
    through = delivery.connection()
    try:
        return _go_round(through)
    finally:
        through.close()


def _go_round(through: BaseEmailBackend) -> int:
    sent = 0
    for pk in OutgoingMail.objects.due().values_list("pk", flat=True)[:ROUND]:
        try:
            sent += _deliver(pk, partial(delivery.hand_over, through=through))
        except OSError as error:  # the server, not the mail; smtplib's errors are OSErrors too
            if delivery.is_news():
                logger.warning("No mail can be sent for now: %s.", delivery.in_short(error))
            standstill.no_mail_leaves()
            return sent
    if sent:
        standstill.mail_leaves()
    return sent


def drop_expired() -> int:
    """Empty the mails that nobody can use any more; return how many there were."""
    return OutgoingMail.objects.overdue().update(state=MailState.EXPIRED, subject="", **EMPTY)


def retry(mail: OutgoingMail) -> bool:
    """Let a mail that failed be tried at the next tick; False when there is nothing to send."""
    retriable = OutgoingMail.objects.filter(
        pk=mail.pk, state__in=(MailState.WAITING, MailState.UNDELIVERABLE)
    ).exclude(text="")
    return bool(
        retriable.update(
            state=MailState.WAITING,
            next_attempt_at=timezone.now(),
            attempts=0,
        )
    )


def forget_old() -> int:
    """Remove mails that were settled a month ago; return how many.

    A row with a dedup_key stays, without the address, so that nobody is told twice.
    """
    old = OutgoingMail.objects.exclude(state=MailState.WAITING).filter(
        created_at__lt=timezone.now() - FORGET_AFTER
    )
    old.exclude(dedup_key=None).exclude(to="").update(to="", subject="", last_error="", **EMPTY)
    removed, _by_model = old.filter(dedup_key=None).delete()
    return removed


def forget_about(thing: models.Model) -> int:
    """Empty every mail about a thing whose words may not stay anywhere; return how many.

    One that was not sent yet is dropped. What is being sent at this moment cannot be called back.
    """
    kept = OutgoingMail.objects.filter(about=_named(thing))
    kept.waiting().update(state=MailState.EXPIRED)
    return kept.update(subject="", last_error="", **EMPTY)


def call_back(mails: OutgoingMailQuerySet) -> int:
    """Drop those of these mails that wait, as for the morning; return how many.

    For somebody who wants them no more. What is being sent at this moment is sent.
    """
    unsent = mails.waiting().unclaimed(timezone.now())
    return unsent.update(state=MailState.EXPIRED, subject="", last_error="", **EMPTY)


def remove_about(thing: models.Model, *, kinds: Iterable[str]) -> int:
    """Remove mails of these kinds about a thing, with the address they went to; return how many.

    For somebody who has nothing to do with us any more; they may be told again.
    """
    removed, _by_model = OutgoingMail.objects.filter(about=_named(thing), kind__in=kinds).delete()
    return removed


def _deliver_at_once(pk: int) -> None:
    """Try inside the request, unless the server is in trouble or others are at it already.

    In a crowd the clock does it seconds later: nobody waits for the mails of the others, and
    the database has the sign-ups to write. What the clock itself writes, to thousands maybe,
    waits for its round: a connection for each mail would hold up everything else it does.
    """
    if clock.is_going_round() or delivery.is_resting() or not _at_once.acquire(blocking=False):
        return
    try:
        _deliver(pk, delivery.in_request)
    except OSError as error:
        logger.warning("Mail %s waits for the mail server: %s.", pk, delivery.in_short(error))
    finally:
        _at_once.release()


def _deliver(pk: int, send: Any) -> bool:
    """Claim one mail and send it; True when it was sent.

    Raises OSError, after noting it on the row, when the server could not be used.
    """
    if not OutgoingMail.objects.filter(pk=pk).claim():
        return False
    mail = OutgoingMail.objects.get(pk=pk)
    if mail.expires_at and mail.expires_at <= timezone.now():
        drop_expired()
        return False
    try:
        send(mail)
    except delivery.NeverDeliverable as error:
        _give_up(mail, error)
        return False
    except delivery.NotThisTime as error:
        _postpone(mail, error)
        return False
    except Exception as error:
        _postpone(mail, error)
        raise
    _record(mail, state=MailState.SENT, sent_at=timezone.now(), last_error="", **_emptied(mail))
    return True


def _emptied(mail: OutgoingMail) -> dict[str, Any]:
    return {**EMPTY, "subject": ""} if mail.expires_at else EMPTY


def _give_up(mail: OutgoingMail, error: Exception) -> None:
    """Keep the words for a month, so that staff can correct the cause and retry."""
    why = delivery.in_short(error)
    logger.warning("Mail %s (%s) is undeliverable: %s.", mail.pk, mail.kind, why)
    _record(
        mail,
        state=MailState.UNDELIVERABLE,
        leased_until=None,
        last_error=delivery.in_full(error)[:500],
    )


def _postpone(mail: OutgoingMail, error: Exception) -> None:
    if mail.attempts >= MOST_ATTEMPTS:
        _give_up(mail, error)
        return
    longest = LONGEST_PAUSE_WITH_CODE if mail.expires_at else LONGEST_PAUSE
    pause = min(FIRST_PAUSE * 2 ** min(mail.attempts - 1, 20), longest)
    _record(
        mail,
        leased_until=None,
        next_attempt_at=timezone.now() + pause,
        last_error=delivery.in_full(error)[:500],
    )


def _record(mail: OutgoingMail, **values: Any) -> None:
    """Write the outcome, unless our lease ran out and somebody else owns the mail by now."""
    owned = OutgoingMail.objects.filter(pk=mail.pk, leased_until=mail.leased_until)
    owned.update(**values)
