"""Which database the site runs on: SQLite in a file, or PostgreSQL by DATABASE_URL."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from django.core.exceptions import ImproperlyConfigured

from partnership.env import address_parts

#: Seconds a connection serves one request after another: opening one takes as long as some queries.
KEPT_OPEN = 60
# IMMEDIATE makes writers queue at BEGIN instead of failing half-way with "database is locked".
# The backend sees to it that everybody has their turn; in a crowd of 50 that can take seconds.
# FULL syncs once per commit, so that what was acknowledged survives a power cut.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 60,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
    ),
}

# PostgreSQL compiles what it thinks will take long. Our pages ask in few wide queries, and of a
# city's comments it thinks so: it compiled for four seconds what then ran for fifty milliseconds.
POSTGRESQL_OPTIONS = "-c statement_timeout=30000 -c jit=off"


def sqlite(path: Path) -> dict[str, Any]:
    """Return the settings of a SQLite database in that file."""
    return {
        "ENGINE": "partnership.patient_sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": KEPT_OPEN,
        "OPTIONS": dict(SQLITE_OPTIONS),
    }


def from_url(url: str) -> dict[str, Any]:
    """Return the settings for ``postgres://user:password@host:port/name?option=value``.

    A socket folder goes into ``?host=/path``; ``options`` are added to ours, and of two that say
    the same thing PostgreSQL follows the last. Raises ImproperlyConfigured for anything else,
    without repeating it: there is a password in it.
    """
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured("DATABASE_URL must start with postgres:// or be left out.")
    parts = address_parts(url)
    if parts is None or parts.fragment or not parts.path.lstrip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL must be postgres://user:password@host:5432/name. Signs like # / ? @ "
            "in a password are written as %23 %2F %3F %40."
        )
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    own = options.pop("options", "")
    # Left among the options, PostgreSQL's own programs would not hear of them: a backup would
    # be of the cluster at the usual port, or of none.
    port = options.pop("port", str(parts.port or ""))
    if port and not port.isdecimal():
        raise ImproperlyConfigured("DATABASE_URL: the port is a number.")
    user = options.pop("user", unquote(parts.username or ""))
    password = options.pop("password", unquote(parts.password or ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": user,
        "PASSWORD": password,
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": KEPT_OPEN,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": f"{POSTGRESQL_OPTIONS} {own}".strip(), **options},
    }
