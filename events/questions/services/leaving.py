"""What becomes of somebody's questions when they make an account, or erase it."""

from events.questions.models import LiveQuestion, QuestionSupport
from partnership.people.models import Participant


def merge(guest: Participant, account: Participant) -> None:
    """Give the account what the guest asked and supported; what both support counts once."""
    LiveQuestion.objects.filter(participant=guest).update(participant=account)
    own = QuestionSupport.objects.filter(participant=account)
    rows = QuestionSupport.objects.filter(participant=guest)
    rows.filter(question__in=own.values("question")).delete()
    rows.update(participant=account)


def forget(participant: Participant, *, keep_words: bool) -> None:
    """Delete what was asked, or only what nobody could read; support stays counted."""
    own = LiveQuestion.objects.filter(participant=participant)
    if keep_words:
        own = own.kept_back()
    own.delete()
