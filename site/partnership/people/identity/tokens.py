"""What is believed of an ID token: signed by its provider, for us, now, for this question."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from requests import RequestException

from partnership.mailboxes import spelled
from partnership.people.identity.problems import Problem, Unclear

#: Signatures with the provider's own key; never one with the secret that we share, and never none.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
REQUIRED = ("iss", "sub", "aud", "exp", "iat", "nonce")
CLOCKS_DIFFER = 60  # seconds
LONGEST_ADDRESS = 254  # as much as the column of an account holds
LONGEST_SUBJECT = 191  # as much as the column of an identity holds
#: How providers write that something is so; the second claim is Entra's.
YES, CONFIRMED = (True, "true", "1"), ("email_verified", "xms_edov")
#: Words for a second step (RFC 8176): several factors, a code, a key, a card.
SECOND_STEPS = frozenset(("mfa", "otp", "hwk", "swk", "sc"))


@contextmanager
def distrusting() -> Iterator[None]:
    """Call it unclear when what others wrote is not what it should be."""
    from jwt import PyJWTError

    try:
        yield
    except (Problem, RequestException):
        raise
    except (
        *(AttributeError, KeyError, RecursionError, TypeError, ValueError),
        PyJWTError,
    ) as error:
        raise Unclear(type(error).__name__) from error


def nonce_of(verifier: str) -> str:
    """Return the nonce that goes with a PKCE verifier: both belong to one question."""
    return hashlib.sha256(f"nonce:{verifier}".encode()).hexdigest()


def verified(token: str, *, keys: Any, issuer: str, client_id: str, nonce: str) -> dict[str, Any]:
    """Return what an ID token says; raises what ``distrusting`` makes unclear."""
    import jwt

    kid = jwt.get_unverified_header(token).get("kid")
    fitting = [key for key in jwt.PyJWKSet.from_dict(keys).keys if kid in {None, key.key_id}]
    claims: dict[str, Any] = jwt.decode(
        token,
        key=fitting[0] if fitting else "",
        algorithms=list(ALGORITHMS),
        audience=client_id,
        issuer=issuer,
        leeway=CLOCKS_DIFFER,
        options={"require": list(REQUIRED)},
    )
    is_ours = claims.get("azp", client_id) == client_id
    if not is_ours or not hmac.compare_digest(str(claims["nonce"]), nonce):
        raise Unclear("azp or nonce")
    if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise Unclear("sub")
    return claims


def confirmed_address(claims: Mapping[str, Any]) -> str:
    """Return the address if the provider says that it is confirmed; empty when not."""
    is_confirmed = any(claims.get(name) in YES for name in CONFIRMED)
    return spelled(str(claims.get("email") or "")) if is_confirmed else ""


def told_address(claims: Mapping[str, Any]) -> str:
    """Return the address it tells, whoever confirmed it; empty for none that can be written to."""
    email = spelled(str(claims.get("email") or ""))
    try:
        EmailValidator()(email)
    except ValidationError:
        return ""
    return email if len(email) <= LONGEST_ADDRESS else ""


def has_second_step(claims: Mapping[str, Any]) -> bool:
    """Whether the provider says that it asked for more than one proof."""
    said = claims.get("amr")
    return isinstance(said, list) and not SECOND_STEPS.isdisjoint(map(str, said))
