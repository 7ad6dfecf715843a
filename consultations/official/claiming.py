"""What becomes of a guest's wish to be told when the person makes an account."""

from consultations.official.models import AnswerWish
from partnership.people.models import Participant


def merge(guest: Participant, account: Participant) -> None:
    """Tell the account in the guest's place, and never twice."""
    known = AnswerWish.objects.filter(participant=account).values("consultation")
    wishes = AnswerWish.objects.filter(participant=guest)
    wishes.exclude(consultation__in=known).update(participant=account)
