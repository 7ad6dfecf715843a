"""One mailbox in one spelling: the address that is stored, looked up, counted and compared.

Signs are read as people mean them (NFKC, so that full-width letters are letters), capitals count
for nothing, and a domain of any script is written as the network knows it (IDNA). A mark behind a
plus sign is left as it is: many servers keep such mailboxes apart.
"""

import unicodedata

import idna

#: No address and no domain is longer: what is, stays as it is and is refused by its field.
LONGEST_ADDRESS, LONGEST_DOMAIN = 320, 253


def spelled(address: str | None) -> str:
    """Return the one spelling of an address; of what is none, the text in small letters."""
    text = unicodedata.normalize("NFKC", address or "").strip()
    local, at, domain = text.rpartition("@")
    if not at or len(text) > LONGEST_ADDRESS:
        return _small(text)
    return f"{_small(local)}@{spelled_domain(domain)}"


def spelled_domain(domain: str) -> str:
    """Return a domain as the network knows it, in ASCII; as it is where that cannot be written."""
    plain = unicodedata.normalize("NFKC", domain).strip()
    if plain.isascii() or len(plain) > LONGEST_DOMAIN:
        return plain.lower()
    try:
        return idna.encode(plain, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return _small(plain)


def older_spellings(address: str | None) -> tuple[str, ...]:
    """Return how the same mailbox was written before domains had one spelling, as far as is known.

    Small letters were all there was: a domain stood in its own script, its marks on their letters
    or behind them.
    """
    now = spelled(address)
    local, _at, domain = now.rpartition("@")
    if not any(label.startswith("xn--") for label in domain.split(".")):
        return ()
    try:
        own = idna.decode(domain)
    except (idna.IDNAError, UnicodeError):
        return ()
    forms = (f"{local}@{unicodedata.normalize(form, own)}" for form in ("NFC", "NFD"))
    return tuple(dict.fromkeys(written for written in forms if written != now))


def is_same(one: str | None, other: str | None) -> bool:
    """Whether two addresses are one mailbox."""
    return spelled(one) == spelled(other)


def may_be_same(one: str | None, other: str | None) -> bool:
    """Whether two addresses may be one mailbox: of most servers a mark behind a plus is none."""
    return _unmarked(one) == _unmarked(other)


def _unmarked(address: str | None) -> str:
    local, at, domain = spelled(address).rpartition("@")
    unmarked = local.partition("+")[0] or local
    return f"{unmarked}{at}{domain}"


def _small(text: str) -> str:
    return unicodedata.normalize("NFKC", text.casefold())
