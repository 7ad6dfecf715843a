"""Whoever erases the account waits for no answer any more."""

from consultations.official.models import AnswerWish
from partnership.people.models import Participant


def forget(participant: Participant, *, keep_words: bool) -> None:
    """Tell them nothing; what was answered stays."""
    AnswerWish.objects.filter(participant=participant).delete()
