"""Whoever erases the account hears nothing any more."""

from consultations.following.models import Notice, Stop
from partnership.people.models import Participant


def forget(participant: Participant, *, keep_words: bool) -> None:
    """Erase what they were told of and what they stopped."""
    Notice.objects.filter(participant=participant).delete()
    Stop.objects.filter(participant=participant).delete()
