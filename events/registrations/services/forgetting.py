"""What becomes of a person's places when the person erases the account."""

from contextlib import suppress

from django.utils import timezone

from events.registrations.models import Registration
from events.registrations.refusals import CannotCancel
from events.registrations.services.guardians import forget_mails
from events.registrations.services.places import cancel
from partnership.people.models import Participant


def forget(participant: Participant, *, keep_words: bool) -> None:
    """Give back what is still ahead, so that the next in line comes; past visits stay counted."""
    own = Registration.objects.filter(participant=participant)
    ahead = own.hoping().filter(event__ends_at__gt=timezone.now()).select_related("event")
    for registration in list(ahead):
        with suppress(CannotCancel):  # let in a moment ago: a past visit
            cancel(registration)
    for registration in own.exclude(guardian_email=""):
        forget_mails(registration)
    own.update(
        needs="",
        answers={},
        guardian_name="",
        guardian_email="",
        guardian_consent="",
        promotion_reason="",
        cancelled_because="",
    )
