"""What becomes of a neighbour's translations when the neighbour erases the account."""

from consultations.translations.enums import TranslationStatus
from consultations.translations.models import Translation
from partnership.people.models import Participant
from partnership.serving import public_changed


def forget(participant: Participant, *, keep_words: bool) -> None:
    """Readers keep what they can read now, unless the words are to go."""
    written = Translation.objects.filter(author=participant)
    going = written.exclude(status=TranslationStatus.ACCEPTED) if keep_words else written
    going.delete()
    public_changed()
