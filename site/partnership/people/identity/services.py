"""What an identity changes in an account: its address is proven, and it is told by mail."""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from wagtail.log_actions import log

from partnership.outbox import services as outbox
from partnership.pages import languages
from partnership.people.models import Resident
from partnership.people.services import keep_address

#: How the admin's log names these.
CONNECTED, DISCONNECTED = "people.connect_identity", "people.disconnect_identity"


@transaction.atomic
def prove_address(resident: Resident) -> None:
    """Confirm the account's address, on the word of a provider that answers for it.

    Who began the account without confirming may have been somebody else, who knows its password:
    it opens nothing any more. Locks the account.
    """
    locked = Resident.objects.select_for_update(of=("self",)).get(pk=resident.pk)
    if locked.emailaddress_set.filter(email__iexact=locked.email, verified=True).exists():
        return
    locked.set_unusable_password()
    locked.save(update_fields=("password",))
    resident.password = locked.password
    keep_address(locked, confirmed=True)


def note_connected(sociallogin: Any, **_signal: Any) -> None:
    """Write into the admin's log that an identity was connected; allauth has its mail sent."""
    log(instance=sociallogin.user, action=CONNECTED, user=sociallogin.user)


@transaction.atomic
def disconnect(resident: Resident, *, pk: int, provider_name: str) -> bool:
    """Take an identity from one's own account; False when it is gone already.

    They are written to, so that they would notice somebody else. The code from a mail still
    signs them in. A second click finds nothing to delete.
    """
    removed, _by_model = SocialAccount.objects.filter(pk=pk, user=resident).delete()
    if not removed:
        return False
    log(instance=resident, action=DISCONNECTED, user=resident)
    outbox.post(
        "account/identity_disconnected",
        to=resident.email,
        language_code=languages.known_or_active(resident.language_code),
        context={"provider": provider_name},
    )
    return True
