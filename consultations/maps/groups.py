"""Who keeps the maps; of which city is asked beside it."""

from partnership.pages.groups import DOOR, EDITORS, grant

MAPS = tuple(f"maps.{action}_citymap" for action in ("add", "change", "delete", "view"))


def ensure_groups() -> None:
    """Let editors keep the map of their city; can be run at any time."""
    grant(EDITORS, DOOR, *MAPS)
