"""Who keeps the list of neighbourhoods; of which city is asked beside it."""

from partnership.pages.groups import DOOR, EDITORS, grant

NEIGHBOURHOODS = tuple(
    f"cities.{action}_neighbourhood" for action in ("add", "change", "delete", "view")
)


def ensure_groups() -> None:
    """Let editors name the parts of their city; can be run at any time."""
    grant(EDITORS, DOOR, *NEIGHBOURHOODS)
