"""Links in mails that act for one person at one address, and sign nobody in.

Once the address is another, whoever reads the old mailbox changes nothing by an old link. A
guest's still works when the guest has made an account.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare

from consultations.following.links import whoever_is
from partnership.people.digests import digest, older_digests
from partnership.people.models import Participant

SIGNS = 16


@dataclass(frozen=True)
class PersonalLink:
    """A page with a key in its address; ``purpose`` keeps the keys of pages apart."""

    view: str
    purpose: str

    def to(self, participant: Participant, code: str) -> str:
        """The full address, for a mail in that language."""
        with translation.override(code):
            return f"{settings.BASE_URL}{reverse(self.view, args=(self._key_of(participant),))}"

    def person_of(self, key: str) -> Participant | None:
        """Whose it is; None for a forged link, another address by now, or nobody any more."""
        try:
            number, address = self._signer.unsign(key).split("-")
        except BadSignature:
            return None
        participant = whoever_is(number)
        if participant is None:
            return None
        known = (_address_of(participant), *_older_addresses_of(participant))
        is_theirs = any(constant_time_compare(address, one) for one in known)
        return participant if is_theirs else None

    def _key_of(self, participant: Participant) -> str:
        return self._signer.sign(f"{participant.pk or 0}-{_address_of(participant)}")

    @property
    def _signer(self) -> Signer:
        return Signer(sep=".", salt=self.purpose)


def _address_of(participant: Participant) -> str:
    """A few signs of the digest of the address, which a guest's row keeps by itself."""
    whole: str = participant.guest_digest or digest(participant.email)
    return whole[:SIGNS]


def _older_addresses_of(participant: Participant) -> list[str]:
    """The same of the address as it was written once: mails of then still have to stop."""
    return [whole[:SIGNS] for whole in older_digests(participant.email)]
