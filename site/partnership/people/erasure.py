"""Erasing a resident: the account goes for good, and with it everything that tells who it was.

What others built on stays: votes, answers and comments keep their row, under a participant
behind whom nobody can be found any more. The person chooses whether what everybody could read
stays too, under "Former participant", or goes.

Apps whose rows hold words or details of participants say in ``AppConfig.ready()`` what goes:
``on_erase(forget)``, with ``forget(participant, keep_words=...)`` called in the same
transaction, while the account is still there.
"""

import re
from collections.abc import Callable
from typing import Any, Protocol

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from partnership.mailboxes import is_same
from partnership.outbox.models import OutgoingMail
from partnership.people import erased, tokens
from partnership.people.guests import CONFIRMED
from partnership.people.models import GuestContact, Participant, Resident, former_digest
from partnership.refusals import Refused
from partnership.serving import public_forgotten

ERASE = "people.erase"


class Forget(Protocol):
    """What an app does for a participant who goes."""

    def __call__(self, participant: Participant, *, keep_words: bool) -> None: ...


_forgets: dict[str, Forget] = {}


class StillOnStaff(Refused):
    """The account works for the partnership: what it signed must have a name until it leaves."""

    code = "still_on_staff"

    def __init__(self) -> None:
        super().__init__(
            _(
                "This account works for a city. Ask an administrator to take its rights away"
                " first; then you can erase it here."
            )
        )


class AnotherAddress(Refused):
    """What was typed is not the account's address."""

    code = "another_address"
    field = "email"

    def __init__(self) -> None:
        super().__init__(_("This is not the e-mail address of your account."))


def on_erase(forget: Forget) -> Callable[..., None]:
    """Say what goes of an app's rows when a person does."""
    _forgets[forget.__module__] = forget
    return forget


@transaction.atomic
def erase(resident: Resident, *, keep_words: bool, email: str, form_token: str | None) -> None:
    """Erase the account for good; ``email`` is its address, typed once more.

    Locks the account. Raises AnotherAddress, StillOnStaff and what ``tokens.spend`` raises.
    """
    known = Resident.objects.select_for_update().filter(pk=resident.pk).first()
    if known is None:
        return  # a second click that waited for the first
    resident = known
    if not is_same(email, resident.email):
        raise AnotherAddress
    if resident.is_staff or resident.is_superuser or resident.groups.exists():
        raise StillOnStaff
    tokens.spend(form_token or "", purpose=ERASE)
    participant = Participant.objects.select_for_update().filter(resident=resident).first()
    persons = (resident, participant) if participant else (resident,)
    erased.note(*persons, email=resident.email, keep_words=keep_words)
    _erase_account(resident, participant, keep_words=keep_words)


def _erase_account(
    resident: Resident, participant: Participant | None, *, keep_words: bool
) -> None:
    key, email = str(resident.pk), resident.email
    _end_sessions(lambda kept: kept.get("_auth_user_id") == key or _knows(kept, participant, email))
    if participant:
        _leave(participant, keep_words=keep_words)
    _forget_traces(resident)
    resident.delete()
    public_forgotten()


@transaction.atomic
def erase_unused(key: int, *, still: QuerySet[Resident]) -> bool:
    """Erase an account that nobody uses; what everybody could read stays. False if it is used.

    Locks the account, and asks once more whether it is ``still`` among the unused.
    """
    resident = Resident.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if resident is None or not still.filter(pk=key).exists():
        return False
    participant = Participant.objects.select_for_update().filter(resident=resident).first()
    persons = (resident, participant) if participant else (resident,)
    erased.note(*persons, email=resident.email, keep_words=True)
    _erase_account(resident, participant, keep_words=True)
    return True


@transaction.atomic
def erase_guest(
    guest: Participant, *, email: str, keep_words: bool, form_token: str | None
) -> None:
    """Erase a guest whose address was confirmed a moment ago, as an account is erased.

    Locks the participant. Raises what ``tokens.spend`` raises.
    """
    known = Participant.objects.select_for_update().filter(pk=guest.pk, resident=None).first()
    if known is None or known.is_former:
        return  # a second click that waited for the first
    tokens.spend(form_token or "", purpose=ERASE)
    erased.note(known, email=email, keep_words=keep_words)
    _erase_contact(known, email=email, keep_words=keep_words)


def _erase_contact(guest: Participant, *, email: str, keep_words: bool) -> None:
    _end_sessions(lambda kept: _knows(kept, guest, email))
    _leave(guest, keep_words=keep_words)
    GuestContact.objects.filter(participant=guest).delete()
    if email:
        OutgoingMail.objects.with_address(email).delete()
    public_forgotten()


@transaction.atomic
def erase_again() -> int:
    """Erase whom an older copy of the database brought back, as they wished; return how many.

    Also who came back as staff: they had left, or they could not have been erased.
    """
    known, again = erased.noted(), 0
    for resident in Resident.objects.select_related("participant"):
        participant = getattr(resident, "participant", None)
        wish = known.get(erased.mark_of(resident))
        if wish:
            _erase_account(resident, participant, keep_words=wish.keep_words)
            again += 1
    for guest in Participant.objects.filter(resident=None).select_related("contact"):
        wish = erased.wish_of(guest, known)
        if wish and not guest.is_former:
            _erase_contact(guest, email=guest.email, keep_words=wish.keep_words)
            again += 1
    return again


def _knows(kept: dict[str, Any], person: Participant | None, email: str) -> bool:
    """Whether a session holds the address, or whoever confirmed it there."""
    confirmed = (kept.get(CONFIRMED) or {}).get("participant")
    is_them = person is not None and confirmed == person.pk
    return is_them or bool(email and _names(str(kept), email))


def _names(text: str, email: str) -> bool:
    """Whether the address stands there, and not as a part of somebody else's."""
    whole = rf"(?<![\w.+-]){re.escape(email)}(?![\w-]|\.\w)"
    return re.search(whole, text, re.IGNORECASE) is not None


def _leave(participant: Participant, *, keep_words: bool) -> None:
    """Let every room forget, and then leave somebody behind whom nobody can be found."""
    for forget in _forgets.values():
        forget(participant, keep_words=keep_words)
    participant.resident = None
    participant.guest_digest = former_digest()
    participant.save(update_fields=("resident", "guest_digest"))


def _forget_traces(resident: Resident) -> None:
    """Mails to and from them, and what the admin noted about the account."""
    OutgoingMail.objects.with_address(resident.email).delete()
    account = ContentType.objects.get_for_model(Resident)
    ModelLogEntry.objects.filter(content_type=account, object_id=str(resident.pk)).delete()


def _end_sessions(is_theirs: Callable[[dict[str, Any]], bool]) -> None:
    """Also those of browsers in which they typed their address without signing in.

    Comes first: in a city it takes a second or two, for which nobody should wait who signs up
    for an event where they give a place back.
    """
    for session in Session.objects.iterator():
        if is_theirs(session.get_decoded()):
            session.delete()
