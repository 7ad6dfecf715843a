"""Who keeps the list of partners; of which city is asked beside it."""

from partnership.pages.groups import DOOR, EDITORS, grant

WORDS = ("add", "change", "delete", "view")
MODELS = ("partner",)


def ensure_groups() -> None:
    """Let editors keep the partners of their cities; can be run at any time."""
    grant(EDITORS, DOOR, *(f"partners.{word}_{model}" for model in MODELS for word in WORDS))
