"""The link in every mail to what the site holds about the address it goes to.

It opens nothing by itself: it says which address a code is to be sent to, and the code opens.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from partnership.people.digests import digest
from partnership.people.models import GuestContact


def own_url(email: str) -> str:
    """The address of the page, in the active language."""
    return f"{settings.BASE_URL}{reverse('guest_own_of', args=(_signer().sign(digest(email)),))}"


def address_of(key: str) -> str:
    """The address a link is about; empty for a forged one, an account, or a forgotten address."""
    try:
        of_whom = _signer().unsign(key)
    except BadSignature:
        return ""
    contacts = GuestContact.objects.filter(participant__guest_digest=of_whom)
    return contacts.values_list("email", flat=True).first() or ""


def _signer() -> Signer:
    return Signer(sep=".", salt="people.own")
