"""Ask somebody to speak for a partner, take it on, and end it from either side."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.partners.models import Partner
from home.partners.voices import mail
from home.partners.voices.models import PartnerVoice
from partnership.mailboxes import spelled
from partnership.outbox.services import forget_about, post
from partnership.people.models import Participant, Resident
from partnership.refusals import Refused
from partnership.serving import public_changed


class NoSuchAccount(Refused):
    """Nobody has an account with that address."""

    code = "no_such_account"
    field = "email"

    def __init__(self) -> None:
        super().__init__(
            _("No account has this address. Ask them to make one here first, then add them.")
        )


class OnesOwnVoice(Refused):
    """An editor cannot confirm themselves."""

    code = "ones_own_voice"
    field = "email"

    def __init__(self) -> None:
        super().__init__(_("This is your own address: somebody else has to ask you."))


class AskedAlready(Refused):
    """The same person speaks for that partner, or was asked to."""

    code = "voice_asked_already"
    field = "email"

    def __init__(self) -> None:
        super().__init__(_("This person has been asked already."))


class VoiceGone(Refused):
    """It was ended since the page was opened."""

    code = "voice_gone"

    def __init__(self) -> None:
        super().__init__(_("That has ended meanwhile. Nothing was changed."))


@transaction.atomic
def give(
    partner: Partner, *, email: str, valid_until: date | None = None, by: Resident | None
) -> PartnerVoice:
    """Ask the account with this address to speak for a partner; it does once it has agreed.

    Compare and set: the row is made unless there is one. Raises NoSuchAccount, OnesOwnVoice or
    AskedAlready.
    """
    resident = Resident.objects.filter(email=spelled(email), is_active=True).first()
    if resident is None:
        raise NoSuchAccount
    if resident == by:
        raise OnesOwnVoice
    voice, is_new = PartnerVoice.objects.get_or_create(
        partner=partner,
        participant=Participant.objects.of(resident),
        defaults={"valid_until": valid_until, "given_by": by},
    )
    if not is_new:
        raise AskedAlready
    post(**mail.of_offer(voice))
    return voice


@transaction.atomic
def accept(voice: PartnerVoice) -> None:
    """Speak for it from now on; a second time changes nothing. Compare and set; VoiceGone."""
    rows = PartnerVoice.objects.filter(pk=voice.pk)
    rows.filter(accepted_at=None).update(accepted_at=timezone.now())
    if not rows.exists():
        raise VoiceGone
    public_changed()


@transaction.atomic
def end(voice: PartnerVoice, *, tells: bool = True) -> None:
    """Let somebody speak for the partner no more; what was said stays said.

    Whoever spoke is told unless it was them. Of two who do it at once the second finds nothing.
    """
    known = PartnerVoice.objects.select_for_update(of=("self",)).filter(pk=voice.pk).first()
    if known is None:
        return
    forget_about(known)
    if tells:
        post(**mail.of_end(known))
    known.delete()
    public_changed()


def forget(participant: Participant, *, keep_words: bool) -> None:
    """Whoever erases the account speaks for nobody any more."""
    for voice in PartnerVoice.objects.of(participant):
        end(voice, tells=False)
