"""Who may alert everybody, and keep the channels; of which city is asked beside it."""

from partnership.pages.groups import DOOR, EDITORS, grant

ALERTS = tuple(f"alerts.{word}_alert" for word in ("add", "change", "view"))
KEPT = tuple(
    f"alerts.{word}_{model}"
    for model in ("channel", "emergencynumbers")
    for word in ("add", "change", "delete", "view")
)


def ensure_groups() -> None:
    """Let editors alert their cities and keep their channels; can be run at any time."""
    grant(EDITORS, DOOR, *ALERTS, *KEPT)
