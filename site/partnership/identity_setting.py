"""The identity providers of the cities, read from the environment before any app exists.

The first is told by ``OIDC_ISSUER`` and its neighbours, another by the same names with a number:
``OIDC_2_ISSUER``. An account remembers the issuer, so that numbers can change places.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured

from partnership.env import (
    HOST,
    env_bool,
    env_list,
    env_origins,
    env_str,
    names_that_are_set,
    web_address,
)
from partnership.mailboxes import spelled_domain

BEGINNING = "OIDC_"
NUMBERED = re.compile(r"OIDC_(?:([2-9])_)?([A-Z_]+)")
KNOWN = frozenset(
    ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME", "DOMAINS", "SCOPES", "ORIGINS", "TRUST_AMR")
)
#: Only here may an answer come unencrypted: from a provider that is being tried out.
LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
#: As much as the column of an account's provider holds, and a button.
LONGEST_ISSUER, LONGEST_NAME = 200, 40


@dataclass(frozen=True, kw_only=True)
class IdentityProvider:
    """Where people of a city have an account already."""

    number: int
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    #: What the button says, by language.
    names: Mapping[str, str]
    #: It answers for the addresses under these: an account with one is theirs.
    domains: frozenset[str] = frozenset()
    scopes: tuple[str, ...] = ("openid", "email", "profile")
    #: Where the sign-in may lead over, the issuer's own first.
    origins: tuple[str, ...] = ()
    #: Whether its word counts that it has asked for a second step.
    trusts_amr: bool = False


def identity_providers(languages: Sequence[str]) -> tuple[IdentityProvider, ...]:
    """Return the providers that are told, mostly none.

    Raises ImproperlyConfigured, with the name of the variable, when one is not told in full.
    """
    numbers = {_number(name) for name in names_that_are_set(BEGINNING)}
    found = tuple(_Reader(number).provider(languages) for number in sorted(numbers))
    for index, one in enumerate(found):
        if one.issuer in [other.issuer for other in found[:index]]:
            raise ImproperlyConfigured(f"OIDC_{one.number}_ISSUER is told twice.")
    return found


def form_targets(providers: Sequence[IdentityProvider]) -> tuple[str, ...]:
    """Return where a button may lead besides our own pages."""
    return tuple(dict.fromkeys(origin for one in providers for origin in one.origins))


def _number(name: str) -> int:
    told = NUMBERED.fullmatch(name)
    if told is None or told[2] not in KNOWN:
        raise ImproperlyConfigured(f"{name} is not a variable of an identity provider.")
    return int(told[1] or 1)


class _Reader:
    """Reads the variables of one provider, whose number goes into their names."""

    def __init__(self, number: int) -> None:
        self.number = number

    def named(self, name: str) -> str:
        """Return the name as it stands in the environment."""
        number = "" if self.number == 1 else f"{self.number}_"
        return name.replace(BEGINNING, f"{BEGINNING}{number}", 1)

    def env_str(self, name: str, *default: str) -> str:
        return env_str(self.named(name), *default)

    def env_bool(self, name: str, default: bool) -> bool:
        return env_bool(self.named(name), default)

    def env_origins(self, name: str) -> list[str]:
        return env_origins(self.named(name))

    def provider(self, languages: Sequence[str]) -> IdentityProvider:
        issuer = self.env_issuer("OIDC_ISSUER")
        parts = web_address(issuer)
        own = f"{parts.scheme}://{parts.netloc}" if parts else issuer
        return IdentityProvider(
            number=self.number,
            issuer=issuer,
            client_id=self.env_str("OIDC_CLIENT_ID"),
            client_secret=self.env_str("OIDC_CLIENT_SECRET"),
            names=self.env_by_language("OIDC_NAME", languages),
            domains=self.env_domains("OIDC_DOMAINS"),
            scopes=self.env_scopes("OIDC_SCOPES"),
            origins=(own, *self.env_origins("OIDC_ORIGINS")),
            trusts_amr=self.env_bool("OIDC_TRUST_AMR", False),
        )

    def env_issuer(self, name: str) -> str:
        """Return the address as it was given: its last slash belongs to the name."""
        value = self.env_str(name)
        parts = web_address(value)
        is_plain = parts is not None and not (parts.query or parts.fragment or "@" in parts.netloc)
        is_safe = parts is not None and (parts.scheme == "https" or parts.hostname in LOOPBACK)
        if not (is_plain and is_safe) or len(value) > LONGEST_ISSUER:
            raise ImproperlyConfigured(
                f"{self.named(name)} must be an address like https://login.example.org/realms/town."
            )
        return value

    def env_by_language(self, name: str, languages: Sequence[str]) -> dict[str, str]:
        """Return one name for all languages, or one for each in their order."""
        told = [part.strip() for part in self.env_str(name).split("|")]
        is_short = all(0 < len(part) <= LONGEST_NAME for part in told)
        if not is_short or len(told) not in {1, len(languages)}:
            raise ImproperlyConfigured(
                f"{self.named(name)} must be one name, or {len(languages)} with | between them"
                f" for {', '.join(languages)}, of at most {LONGEST_NAME} characters."
            )
        return dict(zip(languages, told * len(languages), strict=False))

    def env_domains(self, name: str) -> frozenset[str]:
        """Return the domains of addresses it answers for; of none when it is not set."""
        domains = [spelled_domain(domain) for domain in env_list(self.named(name))]
        wrong = [one for one in domains if "." not in one or not HOST.fullmatch(one)]
        if wrong:
            raise ImproperlyConfigured(
                f"{self.named(name)} must be domains with commas between them, like"
                f" alderbay.example, not {wrong[0]!r}."
            )
        return frozenset(domains)

    def env_scopes(self, name: str) -> tuple[str, ...]:
        """Return what is asked for; without ``openid`` it would be no sign-in."""
        scopes = tuple(self.env_str(name, "openid email profile").split())
        if "openid" not in scopes:
            raise ImproperlyConfigured(f"{self.named(name)} must have openid among its words.")
        return scopes
