"""Who may see who takes a place."""

from partnership.pages.groups import DOOR, EDITORS, grant


def ensure_groups() -> None:
    """Let editors see and give the places at their cities' events; can be run at any time."""
    names = ("view_registration", "view_people", "manage_places")
    grant(EDITORS, DOOR, *(f"registrations.{name}" for name in names))
