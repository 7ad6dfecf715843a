"""Ask for news, and stop it."""

from typing import Any

from django.db import transaction

from home.news.models import Issue, Letter, NewsWish
from partnership.outbox.services import forget_about
from partnership.people.models import Participant


def wish(participant: Participant, **choices: Any) -> NewsWish:
    """Write to this person, whose address is confirmed, what they chose from now on.

    What they were told already they are not told again.
    """
    made, _is_new = NewsWish.objects.update_or_create(participant=participant, defaults=choices)
    return made


@transaction.atomic
def stop(participant: Participant) -> None:
    """Write no more news to this person; what has not left yet is dropped."""
    for known in NewsWish.objects.select_for_update().filter(participant=participant):
        forget_about(known)
        known.delete()


def forget(participant: Participant, *, keep_words: bool) -> None:
    """Whoever erases what the site holds about them gets nothing any more."""
    stop(participant)
    Letter.objects.of([participant.pk]).delete()


def merge(guest: Participant, account: Participant) -> None:
    """Give the account the guest's wish, unless it has one; an issue comes once to both."""
    if not NewsWish.objects.filter(participant=account).exists():
        NewsWish.objects.filter(participant=guest).update(participant=account)
    known = Letter.objects.of([account.pk]).values("issue")
    Letter.objects.of([guest.pk]).exclude(issue__in=known).update(participant=account)


def begin(day: Any) -> Issue:
    """Return the issue of that day, made where there is none."""
    issue, _is_new = Issue.objects.get_or_create(day=day)
    return issue
