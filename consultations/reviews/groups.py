"""Who may write annual reviews."""

from partnership.pages.groups import DOOR, EDITORS, grant

WORDS = ("add", "change", "delete", "view")


def ensure_groups() -> None:
    """Let editors write the reviews of their cities' roadmaps; can be run at any time."""
    grant(EDITORS, DOOR, *(f"reviews.{word}_annualreview" for word in WORDS))
