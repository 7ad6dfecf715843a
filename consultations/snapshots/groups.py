"""Who publishes final results."""

from partnership.pages.groups import ANALYSTS, DOOR, EDITORS, grant

PERMISSION = "snapshots.freeze_results"


def ensure_groups() -> None:
    """Let editors and analysts freeze results; can be run at any time."""
    grant(EDITORS, DOOR, PERMISSION)
    grant(ANALYSTS, DOOR, PERMISSION)
