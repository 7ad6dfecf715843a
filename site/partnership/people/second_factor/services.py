"""Who still has to set up the second step, each code once, and taking the step away."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from wagtail.log_actions import log

from partnership.outbox import services as outbox
from partnership.pages import languages
from partnership.people.models import Resident

#: What STAFF_SECOND_FACTOR may say.
REQUIRED = "required"
#: How the admin's log names that somebody else took it away.
TAKEN_AWAY = "people.take_second_step_away"
#: The step of time of the newest code that was used, beside what allauth keeps of a factor.
NEWEST_STEP = "newest_step"


def is_missing(user: Resident | AnonymousUser) -> bool:
    """Whether what is of staff stays shut for this account until it has a second step.

    One that a trusted provider has asked for at this sign-in is one.
    """
    return (
        settings.STAFF_SECOND_FACTOR == REQUIRED
        and isinstance(user, Resident)
        and is_of_staff(user)
        and not user.did_second_step
        and not user.has_second_factor
    )


def is_of_staff(resident: Resident) -> bool:
    """Whether a city has given this account any right: some work at a door only."""
    return resident.is_superuser or bool(resident.get_all_permissions())


def recovery_codes_of(resident: Resident) -> RecoveryCodes | None:
    """Return the recovery codes of an account, if it has a second step."""
    kind = Authenticator.Type.RECOVERY_CODES
    factor = Authenticator.objects.filter(user=resident, type=kind).first()
    return RecoveryCodes(factor) if factor else None


@transaction.atomic
def set_up(resident: Resident, *, key: str, code: str) -> bool:
    """Give an account the second step and recovery codes; False when it has one already.

    The code that showed that the app has the key is used up. Locks the account.
    """
    _lock(resident)
    if resident.has_second_factor:
        return False
    spend(totp.TOTP.activate(resident, key).instance, code)
    RecoveryCodes.activate(resident)
    _tell(resident, "second_step_on")
    return True


@transaction.atomic
def renew_recovery_codes(resident: Resident) -> bool:
    """Replace the recovery codes; False when there is no second step. Locks the account."""
    _lock(resident)
    if not resident.has_second_factor:
        return False
    kind = Authenticator.Type.RECOVERY_CODES
    Authenticator.objects.filter(user=resident, type=kind).delete()
    RecoveryCodes.activate(resident)
    _tell(resident, "recovery_codes_new")
    return True


@transaction.atomic
def turn_off(resident: Resident) -> bool:
    """Take the second step and its codes from one's own account; False when there is none.

    Locks the account.
    """
    return _remove(resident, told_by="second_step_off")


@transaction.atomic
def use(resident: Resident, code: str) -> Authenticator | None:
    """Use up a code of the app or a recovery code; None for one that is wrong, old or used.

    Locks the account, so that the same code sent twice at once counts once.
    """
    _lock(resident)
    for factor in Authenticator.objects.filter(user=resident):
        is_of_the_app = factor.type == Authenticator.Type.TOTP
        if spend(factor, code) if is_of_the_app else RecoveryCodes(factor).validate_code(code):
            return factor
    return None


def spend(factor: Authenticator, code: str) -> bool:
    """Use up a code of the app; False when it is none, or was used, or a newer one was.

    A code is good for its half minute and the ones beside it, which is longer than allauth
    remembers it, and in a cache that may be down: so the row remembers. Lock the account first.
    """
    typed, secret = "".join(filter(str.isdigit, code)), decrypt(factor.data["secret"])
    fitting = [
        step
        for step in totp.yield_hotp_counters_from_time()
        if totp.format_hotp_value(totp.hotp_value(secret, step)) == typed
    ]
    if not fitting or fitting[0] <= factor.data.get(NEWEST_STEP, 0):
        return False
    factor.data[NEWEST_STEP] = fitting[0]
    factor.save(update_fields=("data",))
    return True


@transaction.atomic
def take_away(resident: Resident, *, by: Resident | None) -> bool:
    """Take the second step and its recovery codes from an account; False when it has none.

    Whoever lost phone and codes asks for it. It is in the admin's log, and they are written to:
    if they did not ask, somebody else did. Locks the account; ``by`` is None for the command.
    """
    if not _remove(resident, told_by="second_step_taken_away"):
        return False
    log(instance=resident, action=TAKEN_AWAY, user=by)
    return True


def _remove(resident: Resident, *, told_by: str) -> bool:
    _lock(resident)
    removed, _by_model = Authenticator.objects.filter(user=resident).delete()
    if removed:
        _tell(resident, told_by)
    return bool(removed)


def _lock(resident: Resident) -> None:
    list(Resident.objects.select_for_update(of=("self",)).filter(pk=resident.pk))


def _tell(resident: Resident, kind: str) -> None:
    """Write to them, so that they would notice what somebody else did."""
    outbox.post(
        f"account/{kind}",
        to=resident.email,
        language_code=languages.known_or_active(resident.language_code),
        context={},
    )
