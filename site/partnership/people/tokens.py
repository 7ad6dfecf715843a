"""One-use tokens of public forms: a form sent twice is counted once.

Forms issue them (see ``partnership.people.forms``), services spend them.
"""

import uuid
from datetime import timedelta

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.locking import insert_once
from partnership.people.models import SpentToken
from partnership.refusals import Refused

LIFETIME = 12 * 3600  # seconds a form may stay open before it must be sent again
COUNTED_ONCE = _("We already have this. It was counted once.")


class TokenExpired(Refused):
    """The form was open for too long, or its token is not one of ours."""

    code = "token_expired"


class TokenAlreadySpent(Refused):
    """This very form has been sent before."""

    code = "token_spent"


def issue(purpose: str) -> str:
    """Return a new token for one form; it lasts 12 hours and works for that purpose only."""
    return signing.dumps(uuid.uuid4().hex, salt=f"form:{purpose}")


def is_fresh(token: str, *, purpose: str, seconds: int) -> bool:
    """Whether this token of ours was issued less than so many seconds ago; none for 0."""
    if not seconds:
        return False
    try:
        signing.loads(token or "", salt=f"form:{purpose}", max_age=seconds)
    except (signing.BadSignature, ValueError):
        return False
    return True


def spend(token: str, *, purpose: str) -> None:
    """Use the token up, within the caller's transaction.

    Raises TokenExpired or TokenAlreadySpent; when the transaction is rolled back the token
    is whole again, so that a form refused for another reason can be corrected and sent.
    """
    _use_up(_key_of(token, purpose))


def spend_saying(token: str, *, purpose: str, content: str) -> None:
    """Use the token up for this content, within the caller's transaction; for no other.

    Raises TokenExpired, or TokenAlreadySpent when exactly this was sent before.
    """
    _use_up(uuid.uuid5(_key_of(token, purpose), content))


def was_sent(token: str, *, purpose: str, content: str) -> bool:
    """Whether this very form was sent before with exactly this content, and spent for it."""
    try:
        mark = uuid.uuid5(_key_of(token, purpose), content)
    except TokenExpired:
        return False
    return SpentToken.objects.filter(token=mark).exists()


def _key_of(token: str, purpose: str) -> uuid.UUID:
    try:
        return uuid.UUID(signing.loads(token or "", salt=f"form:{purpose}", max_age=LIFETIME))
    except (signing.BadSignature, ValueError) as error:
        raise TokenExpired(
            _("This form was open for a long time. Nothing is lost: please send it again.")
        ) from error


def _use_up(key: uuid.UUID) -> None:
    if not insert_once(SpentToken(token=key)):
        raise TokenAlreadySpent(COUNTED_ONCE)


def purge() -> int:
    """Forget tokens that are too old to be sent again anyway; return how many."""
    expired = SpentToken.objects.filter(spent_at__lt=timezone.now() - timedelta(seconds=LIFETIME))
    removed, _by_model = expired.delete()
    return removed
