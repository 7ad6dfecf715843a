"""Who writes official answers; who signs them is asked in the ledger."""

from partnership.pages.groups import DOOR, EDITORS, grant

ANSWERS = tuple(
    f"official.{action}_officialanswer" for action in ("add", "change", "delete", "view")
)


def ensure_groups() -> None:
    """Let editors write answers; can be run at any time."""
    grant(EDITORS, DOOR, *ANSWERS)
