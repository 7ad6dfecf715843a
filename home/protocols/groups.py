"""Who may write protocols."""

from partnership.pages.groups import DOOR, EDITORS, grant

WORDS = ("add", "change", "delete", "view")


def ensure_groups() -> None:
    """Let editors write the versions of their cities' protocols; can be run at any time."""
    grant(EDITORS, DOOR, *(f"protocols.{word}_protocolversion" for word in WORDS))
