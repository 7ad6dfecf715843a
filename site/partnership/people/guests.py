"""Guests: people who take part with a confirmed e-mail address and without an account.

A form that takes guests asks for ``GuestFields``, calls ``ask()`` and shows a page for the code
from the mail; ``confirm()`` returns the participant, and ``confirmed()`` returns them again in
the same session until ``forget()``. None of this signs anybody in. An address that belongs to
an account acts for that account's participant, so that one person takes part once.

Apps whose rows point to participants say in ``AppConfig.ready()`` what becomes of a guest's
rows when the person makes an account and has rows of their own: ``on_claim(merge)``, with
``merge(guest, account)`` called in the same transaction. ``keep_while(needed)`` says there for
whom an address is kept longer than it was promised at least.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from partnership.cities.models import City
from partnership.mailboxes import spelled
from partnership.outbox.services import post
from partnership.people import no_waiting, older_guests
from partnership.people.attempts import Attempts
from partnership.people.digests import digest, digests, older_digests
from partnership.people.guest_refusals import (
    AccountClosed,
    AddressHasAccount,
    AddressUsedUp,
    CodeExpired,
    WrongCode,
)
from partnership.people.models import GuestContact, Participant, Resident
from partnership.session_room import keep_briefly, renew_key

__all__ = ("AccountClosed", "AddressHasAccount", "AddressUsedUp", "CodeExpired", "WrongCode")
#: How long a code works, and how long a confirmed address is remembered in the session.
CODE_LIFETIME = timedelta(minutes=30)
CONFIRMED_LIFETIME = timedelta(minutes=30)
MOST_ATTEMPTS = 5
#: At the code of one mail, and at all codes that were sent to one address.
AT_A_CODE = Attempts("guests.code", most=MOST_ATTEMPTS, seconds=30 * 60)
AT_AN_ADDRESS = Attempts("guests.address", most=6 * MOST_ATTEMPTS, seconds=3600)
#: What a guest is kept for when nobody says how long they are needed.
KEPT_AT_LEAST = timedelta(days=1)
#: What somebody typed is kept for so long: there is time for another code, and others come after.
KEPT_TYPED = timedelta(hours=1)
#: Codes that were asked for, by purpose; two tabs can ask for two things at once.
ASKED, CONFIRMED = "guests.codes", "guests.confirmed"
MOST_ASKED = 5

Merge = Callable[[Participant, Participant], None]
_merges: dict[str, Merge] = {}
Needed = Callable[[], QuerySet]
_needed: dict[str, Needed] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestDetails:
    """What a guest tells about themselves."""

    email: str
    name: str
    city: City | None
    language_code: str


def on_claim(merge: Merge) -> Merge:
    """Say what becomes of a guest's rows when an account has rows of its own."""
    _merges[f"{merge.__module__}.{merge.__qualname__}"] = merge
    return merge


def keep_while(needed: Needed) -> Needed:
    """Say which participants (their keys) an app still has to write to, whatever the hour."""
    _needed[f"{needed.__module__}.{needed.__qualname__}"] = needed
    return needed


def needed() -> list[Needed]:
    """What apps said of whom they still have to write to."""
    return list(_needed.values())


# Confirming an address -------------------------------------------------------------------


def ask(session: SessionBase, details: GuestDetails, *, purpose: str, about: str = "") -> None:
    """Send a code to the address and remember in the session what was told, for one purpose.

    ``about`` is the name of what it is for, in the language of the mail.
    """
    code = f"{secrets.randbelow(10**8):08d}"
    expires_at = timezone.now() + CODE_LIFETIME
    kept = {"code": _code_digest(code), "expires_at": expires_at.timestamp()}
    keep_briefly(session)
    _keep(session, purpose, {**kept, **_told(details)})
    post(
        "guest_code",
        to=spelled(details.email),
        language_code=details.language_code,
        context={
            "about": about,
            "code": f"{code[:4]}-{code[4:]}",
            "minutes": int(CODE_LIFETIME.total_seconds()) // 60,
        },
        expires_at=expires_at,
    )


def _told(details: GuestDetails) -> dict[str, Any]:
    return {
        "email": spelled(details.email),
        "name": details.name,
        "city": details.city.pk if details.city else None,
        "language_code": details.language_code,
    }


def _keep(session: SessionBase, purpose: str, slot: dict[str, Any] | None) -> None:
    """Remember a code as the newest, so many at a time; None forgets it."""
    kept = {name: of for name, of in session.get(ASKED, {}).items() if name != purpose}
    if slot is not None:
        kept[purpose] = slot
    session[ASKED] = dict(list(kept.items())[-MOST_ASKED:])


def tell_again(session: SessionBase, details: GuestDetails, *, purpose: str) -> None:
    """Remember what was told last beside a code that still works for its address."""
    _keep(session, purpose, {**session[ASKED][purpose], **_told(details)})


def asked(session: SessionBase, *, purpose: str) -> str:
    """Return the address a code was sent to for this purpose; empty when there is none."""
    kept = session.get(ASKED, {}).get(purpose)
    return kept["email"] if kept and kept["expires_at"] > timezone.now().timestamp() else ""


def confirm(
    session: SessionBase, *, purpose: str, code: str, at_hand: City | None = None
) -> Participant:
    """Return the participant behind the address, made if need be; the code is used up.

    ``at_hand`` is a city that was read before, often the guest's own.
    Raises WrongCode, AccountClosed, and CodeExpired after 30 minutes or five attempts.
    """
    kept = use_up(session, purpose=purpose, code=code)
    city = at_hand
    if (city.pk if city else None) != kept["city"]:
        city = City.objects.filter(pk=kept["city"]).first()
    participant = recognise(
        GuestDetails(
            email=kept["email"],
            name=kept["name"],
            city=city,
            language_code=kept["language_code"],
        )
    )
    _remember(session, participant, kept["email"], purpose=purpose)
    return participant


def confirm_known(session: SessionBase, *, purpose: str, code: str) -> Participant | None:
    """Return the guest behind the address if there is one; makes and changes nothing.

    Raises AddressHasAccount, WrongCode and CodeExpired.
    """
    email = use_up(session, purpose=purpose, code=code)["email"]
    if Resident.objects.at(email).exists():
        raise AddressHasAccount
    known = Participant.objects.filter(guest_digest__in=digests(email)).first()
    if known is not None:
        known = _guest_at(email) if older_digests(email) else known
        _remember(session, known, email, purpose=purpose)
        session[CONFIRMED]["email"] = email  # in no other session: there the digest is enough
    return known


def use_up(session: SessionBase, *, purpose: str, code: str) -> dict[str, Any]:
    """Return what was told when the code was asked for, and make nobody of it.

    Renews the session's key. Raises WrongCode, CodeExpired after 30 minutes or five attempts, and
    AddressUsedUp, which is one, after too many at all codes of the address.
    """
    if not asked(session, purpose=purpose):
        raise CodeExpired
    kept: dict[str, Any] = session[ASKED][purpose]
    may_try = AT_A_CODE.count(f"{kept['email']}:{kept['code']}")
    of_whom = no_waiting.whose(session, kept["email"])
    if not (is_free := AT_AN_ADDRESS.count(of_whom)) or not may_try:
        _keep(session, purpose, None)
        raise CodeExpired if is_free else AddressUsedUp
    digits = "".join(character for character in code if character.isdigit())
    if not constant_time_compare(kept["code"], _code_digest(digits)):
        raise WrongCode
    AT_AN_ADDRESS.forget(of_whom)
    renew_key(session)
    _keep(session, purpose, None)
    return kept


def _remember(session: SessionBase, participant: Participant, email: str, *, purpose: str) -> None:
    session[CONFIRMED] = {
        "purpose": purpose,
        "digest": digest(email),
        "participant": participant.pk,
        "until": (timezone.now() + CONFIRMED_LIFETIME).timestamp(),
    }


def confirmed(session: SessionBase, *, purpose: str, email: str) -> Participant | None:
    """Return whoever confirmed this very address in this session not long ago, or None."""
    kept = session.get(CONFIRMED) or {}
    if kept.get("purpose") != purpose or kept["until"] <= timezone.now().timestamp():
        return None
    if not constant_time_compare(kept["digest"], digest(email)):
        return None
    participants = Participant.objects.select_related("resident__city", "contact__city")
    return participants.filter(pk=kept["participant"]).exclude(resident__is_active=False).first()


def present(session: SessionBase, *, purpose: str) -> int | None:
    """Return the key of whoever confirmed an address in this session not long ago, or None."""
    kept = session.get(CONFIRMED) or {}
    if kept.get("purpose") != purpose or kept["until"] <= timezone.now().timestamp():
        return None
    return int(kept["participant"])


def present_address(session: SessionBase, *, purpose: str) -> str:
    """Return the address that was confirmed in this session not long ago; empty for none."""
    if present(session, purpose=purpose) is None:
        return ""
    return str(session[CONFIRMED]["email"])


def told(session: SessionBase, *, purpose: str) -> dict[str, Any]:
    """Return the name, address and key of the city a code was asked for with; empty for none."""
    if not asked(session, purpose=purpose):
        return {}
    return {name: session[ASKED][purpose][name] for name in ("name", "email", "city")}


def forget(session: SessionBase, *, purpose: str | None = None) -> None:
    """Remember no address any more, or none for one purpose: what it was confirmed for is done."""
    if purpose is not None:
        _keep(session, purpose, None)
    if purpose is None or (session.get(CONFIRMED) or {}).get("purpose") == purpose:
        session.pop(CONFIRMED, None)
    if purpose is None or not session[ASKED]:
        session.pop(ASKED, None)


@transaction.atomic
def recognise(details: GuestDetails) -> Participant:
    """Return the participant behind a confirmed address: an account's, or a guest's.

    A guest's details are kept as told last, those of whoever tells no name as they were; an
    account's stay as they are. Raises AccountClosed.
    """
    resident = Resident.objects.at(details.email).select_related("city").first()
    if resident and not resident.is_active:
        raise AccountClosed  # or they would count twice, and closing would close nothing
    if resident:
        # An account that is used so is not one that nobody uses.
        Resident.objects.filter(pk=resident.pk).update(last_login=timezone.now())
        return Participant.objects.of(resident)
    participant = _guest_at(details.email)
    told = {"email": spelled(details.email), "name": details.name, "city": details.city}
    known_as = ("name", "city", "language_code") if details.name else ()
    now = timezone.now()
    contact = GuestContact(
        participant=participant,
        language_code=details.language_code,
        confirmed_at=now,
        keep_until=now + KEPT_AT_LEAST,
        **told,
    )
    GuestContact.objects.bulk_create(
        [contact],
        update_conflicts=True,
        unique_fields=("participant",),
        update_fields=("email", *known_as, "confirmed_at"),
    )
    participant.contact = contact
    return participant


def introduce(name: str, *, city: City | None, language_code: str) -> Participant:
    """Return a new person without account or address; nothing stands for them but chance.

    The name is kept as long as a guest's is; without one there is nothing to keep.
    """
    guest = Participant.objects.create(guest_digest=secrets.token_hex(32))
    if name:
        told = {"name": name, "city": city, "language_code": language_code}
        until = timezone.now() + KEPT_AT_LEAST
        GuestContact.objects.create(participant=guest, email="", keep_until=until, **told)
    return guest


@transaction.atomic(savepoint=False)
def _guest_at(email: str) -> Participant:
    """The guest behind this address, made if need be, in one statement that nobody can overtake.

    Whoever came with an older spelling of it becomes one with them.
    """
    guest = Participant(guest_digest=digest(email))
    Participant.objects.bulk_create(
        [guest],
        update_conflicts=True,
        unique_fields=("guest_digest",),
        update_fields=("guest_digest",),
    )
    older_guests.join(guest, email, merge=_merge)
    return guest


def _code_digest(code: str) -> str:
    return salted_hmac("partnership.people.guests.code", code, algorithm="sha256").hexdigest()


# Keeping and forgetting ------------------------------------------------------------------


def keep_contact(participant: Participant, *, until: datetime) -> None:
    """Keep a guest's address until then at least; nothing to do for an account."""
    if participant.is_guest:
        contacts = GuestContact.objects.filter(participant=participant, keep_until__lt=until)
        contacts.update(keep_until=Greatest(F("keep_until"), until))


def forget_contacts() -> int:
    """Erase the name and address of guests nobody has to write to; return how many."""
    contacts = GuestContact.objects.filter(keep_until__lt=timezone.now())
    for people in needed():
        contacts = contacts.exclude(participant__in=people())
    erased, _by_model = contacts.delete()
    return erased


# Claiming --------------------------------------------------------------------------------


@transaction.atomic
def claim(resident: Resident) -> Participant | None:
    """Give an account what was done as a guest from its confirmed address; None if nothing was.

    Without rows of its own the account takes the guest's place as it is; otherwise every app
    merges the guest's rows into the account's, whose rows win, and the guest is gone.
    """
    known = Participant.objects.select_for_update().filter(guest_digest__in=digests(resident.email))
    found = list(known.order_by("pk"))
    if not found:
        return None
    account = Participant.objects.select_for_update().filter(resident=resident).first()
    GuestContact.objects.filter(participant__in=found).delete()
    for guest in found:
        if account is not None:
            _merge(guest, account)
            continue
        guest.resident, guest.guest_digest = resident, None
        guest.save(update_fields=("resident", "guest_digest"))
        account = guest
    return account


def _merge(guest: Participant, same: Participant) -> None:
    for merge in _merges.values():
        merge(guest, same)
    guest.delete()
