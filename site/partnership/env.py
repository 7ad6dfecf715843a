"""Read settings from the environment; fail at start-up, with the variable's name.

What may hold a password is never repeated in the words that refuse it.
"""

import os
import re
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from django.core.mail.message import sanitize_address

LABEL = r"(?!-)[a-z0-9_-]+(?<!-)"
#: A name, an address of four numbers, or one of IPv6 in brackets: what stands in an address.
HOST = re.compile(rf"{LABEL}(\.{LABEL})*\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)
LAST_PORT = 65_535
#: Characters of a key, as many as Django asks for; and how many different ones.
KEY_LENGTH = 50
KEY_VARIETY = 5


def env_str(name: str, default: str | None = None) -> str:
    """Return the variable; without a default it must be set and not empty."""
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"Set {name} in the environment.")
    return value


def env_bool(name: str, default: bool) -> bool:
    """Only true and false are accepted, so DEBUG=no cannot switch debugging on."""
    value = env_str(name, str(default)).lower()
    if value not in {"true", "false"}:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value == "true"


def env_choice(name: str, default: str, *others: str) -> str:
    """Return one of these words, the first when nothing is said."""
    value = env_str(name, default)
    if value not in (default, *others):
        raise ImproperlyConfigured(
            f"{name} must be {' or '.join((default, *others))}, not {value!r}."
        )
    return value


def env_int(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """Return a whole number between the two."""
    value = env_str(name, str(default))
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    number = int(value)
    if number < least or (most is not None and number > most):
        bounds = f"{least} or more" if most is None else f"from {least} to {most}"
        raise ImproperlyConfigured(f"{name} must be {bounds}, not {number}.")
    return number


def env_port(name: str, default: int) -> int:
    """Return a port somebody can be reached at."""
    return env_int(name, default, least=1, most=LAST_PORT)


def env_time_zone(name: str, default: str) -> str:
    """Return the name of a time zone, as the clocks of the cities have one."""
    value = env_str(name, default)
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:  # no such name, no name at all, a folder
        raise ImproperlyConfigured(
            f"{name} must be a time zone such as Europe/Madrid, not {value!r}."
        ) from error
    return value


def env_list(name: str, default: str = "") -> list[str]:
    """Return the parts between commas, without blanks."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def env_secret(name: str) -> str:
    """Return a key too long to be guessed."""
    value = env_str(name)
    if len(value) < KEY_LENGTH or len(set(value)) < KEY_VARIETY:
        raise ImproperlyConfigured(f"{name} must be {KEY_LENGTH} random characters or more.")
    return value


def env_host(name: str, default: str) -> str:
    """Return the name or the address of one machine."""
    value = env_str(name, default)
    if not HOST.fullmatch(value):
        raise ImproperlyConfigured(
            f"{name} must be a host name without a port, like mail.example.org, not {value!r}."
        )
    return value


def env_hosts(name: str) -> list[str]:
    """Return one host name at least; ``*`` and ``.example.org`` mean what they mean to Django."""
    hosts = env_list(name)
    wrong = [host for host in hosts if host != "*" and not HOST.fullmatch(host.removeprefix("."))]
    if wrong or not hosts:
        given = f", not {wrong[0]!r}" if wrong else ""
        raise ImproperlyConfigured(
            f"{name} must be host names with commas between them, like example.org{given}."
        )
    return hosts


def env_sender(name: str, default: str) -> str:
    """Return an address that mail can come from, with or without a name before it."""
    value = env_str(name, default)
    try:
        _name, address = parseaddr(sanitize_address(value, "utf-8"))
    except ValueError:
        address = ""
    local, _at, host = address.rpartition("@")
    # Django would send "señas@" in other signs than it was given.
    if not re.fullmatch(r"[!-~]+", local) or f"{local}@" not in value or not HOST.fullmatch(host):
        raise ImproperlyConfigured(
            f"{name} must be one address, like site@example.org or Our cities <site@example.org>; "
            f'a name with a comma stands in quotes: "One, Two" <site@example.org>.'
        )
    return value


def env_url(name: str) -> str:
    """Return an address of the web without a slash at its end; empty when it is not set."""
    value = os.environ.get(name, "").rstrip("/")
    if value and web_address(value) is None:
        raise ImproperlyConfigured(f"{name} must be an address like https://example.org.")
    return value


def env_origin(name: str, default: str | None = None) -> str:
    """Return where a site begins, without a slash at its end: scheme and host, nothing more."""
    return _origin(name, env_str(name, default))


def env_origins(name: str) -> list[str]:
    """Return where other sites begin, with commas between them; none when it is not set."""
    return [_origin(name, value) for value in env_list(name)]


def _origin(name: str, given: str) -> str:
    value = given.rstrip("/")
    parts = web_address(value)
    if parts is None or value != f"{parts.scheme}://{parts.netloc}" or "@" in parts.netloc:
        raise ImproperlyConfigured(
            f"{name} must be an address like https://example.org, without a path behind it."
        )
    return value


def names_that_are_set(beginning: str) -> list[str]:
    """Return the variables that begin so and say something."""
    return sorted(
        name for name, value in os.environ.items() if name.startswith(beginning) and value
    )


def web_address(value: str) -> SplitResult | None:
    """Return the parts of an address of the web; None when it is none."""
    parts = address_parts(value)
    is_one = parts is not None and parts.scheme in {"http", "https"} and bool(parts.hostname)
    return parts if is_one else None


def address_parts(value: str) -> SplitResult | None:
    """Return the parts of an address whose host and port can be used; None for any other."""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:  # brackets without an end, a port that is none
        return None
    host = parts.hostname or "localhost"
    is_host = bool(HOST.fullmatch(f"[{host}]" if ":" in host else host))
    return parts if port != 0 and is_host else None


def env_path(name: str, default: Path) -> Path:
    """Return a path; a relative one is taken from where the command was started."""
    return Path(os.environ.get(name) or default).resolve()
