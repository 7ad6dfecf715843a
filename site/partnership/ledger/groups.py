"""Who may be given the right to sign; for which city is asked beside it."""

from partnership.pages.groups import DOOR, EDITORS, grant


def ensure_groups() -> None:
    """Let editors sign for the cities they work for; can be run at any time."""
    grant(EDITORS, DOOR, "ledger.add_approval")
