"""Who keeps the risk register."""

from partnership.pages.groups import DOOR, EDITORS, grant

WORDS = ("add", "change", "delete", "view")
MODELS = ("risk", "contingencyplan")


def ensure_groups() -> None:
    """Let editors keep the risks and plans of their cities; can be run at any time."""
    grant(EDITORS, DOOR, *(f"risks.{word}_{model}" for model in MODELS for word in WORDS))
