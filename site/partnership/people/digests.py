"""What stands for the address of a guest: keyed, so that nobody can try addresses out."""

from django.utils.crypto import salted_hmac

from partnership.mailboxes import older_spellings, spelled


def digest(email: str) -> str:
    """Return what stands for an address in whatever spelling."""
    return _keyed(spelled(email))


def older_digests(email: str) -> tuple[str, ...]:
    """Return what stood for it in older spellings; of most addresses there are none."""
    return tuple(_keyed(written) for written in older_spellings(email))


def digests(email: str) -> tuple[str, ...]:
    """Return all of them, today's first."""
    return (digest(email), *older_digests(email))


def _keyed(address: str) -> str:
    return salted_hmac("partnership.people.guests", address, algorithm="sha256").hexdigest()
