"""Who may write draft texts."""

from partnership.pages.groups import DOOR, EDITORS, grant

WORDS = ("add", "change", "delete", "view")


def ensure_groups() -> None:
    """Let editors write the draft texts of their cities; can be run at any time."""
    grant(EDITORS, DOOR, *(f"drafts.{word}_drafttext" for word in WORDS))
