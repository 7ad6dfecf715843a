"""Who may write closing reports."""

from partnership.pages.groups import DOOR, EDITORS, grant

WORDS = ("add", "change", "delete", "view")


def ensure_groups() -> None:
    """Let editors report on their cities' events; can be run at any time."""
    grant(EDITORS, DOOR, *(f"reports.{word}_closingreport" for word in WORDS))
