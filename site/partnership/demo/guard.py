"""What keeps the demo a demo: loopback only, a key of its own."""

from ipaddress import ip_address
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def only_loopback(host: str) -> str:
    """Return the host, or refuse to start the demo on an address others can reach."""
    try:
        is_loopback = host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise ImproperlyConfigured(
            f"The demo only runs on loopback, not on {host!r}: its passwords are public."
        )
    return host


def kept_secret(path: Path) -> str:
    """Return the secret key kept in that file, made at the first start."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text().strip()
