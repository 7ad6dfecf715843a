"""Who keeps committees, contacts and mediators; of which city is asked beside it."""

from partnership.pages.groups import DOOR, EDITORS, grant

WORDS = ("add", "change", "delete", "view")
MODELS = ("membership", "meeting", "contact", "mediator")


def ensure_groups() -> None:
    """Let editors keep the seats, meetings and contacts of their cities; can be run again."""
    grant(EDITORS, DOOR, *(f"committees.{word}_{model}" for model in MODELS for word in WORDS))
