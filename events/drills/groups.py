"""Who may do what about drills."""

from partnership.pages.groups import DOOR, EDITORS, grant

WORDS = ("add", "change", "delete", "view")
MODELS = ("checklist", "drillitem", "afteractionreview", "correctiveaction")


def ensure_groups() -> None:
    """Let editors prepare, run and review their cities' drills; can be run at any time."""
    wanted = [f"drills.{word}_{model}" for model in MODELS for word in WORDS]
    grant(EDITORS, DOOR, "drills.tick_drillitem", *wanted)
