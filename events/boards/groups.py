"""Who may put up boards."""

from partnership.pages.groups import DOOR, EDITORS, grant

WORDS = ("add", "change", "delete", "view")


def ensure_groups() -> None:
    """Let editors put up the boards of their cities' events; can be run at any time."""
    grant(EDITORS, DOOR, *(f"boards.{word}_board" for word in WORDS))
