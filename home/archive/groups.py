"""Who may hold debriefs."""

from partnership.pages.groups import DOOR, EDITORS, grant

WORDS = ("add", "change", "delete", "view")


def ensure_groups() -> None:
    """Let editors hold the debriefs of their cities; can be run at any time."""
    grant(EDITORS, DOOR, *(f"archive.{word}_debrief" for word in WORDS))
