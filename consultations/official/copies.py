"""Which answers somebody waits for, for the copy of their own data."""

from consultations.official.models import AnswerWish
from partnership.people.copies import Held, hold


def register() -> None:
    """Tell the wishes to hear."""
    hold(Held(model=AnswerWish))
