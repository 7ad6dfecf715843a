"""Who keeps disagreements; of which city is asked beside it."""

from partnership.pages.groups import DOOR, EDITORS, grant


def ensure_groups() -> None:
    """Let editors keep the disagreements of their cities; can be run at any time."""
    grant(EDITORS, DOOR, *(f"disputes.{word}_dispute" for word in ("add", "change", "view")))
