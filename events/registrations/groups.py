"""Who may see who takes a place."""

from partnership.pages.groups import DOOR, EDITORS, grant


def ensure_groups() -> None:
    """Let editors see, give and check in the places at their cities' events; can be run again."""
    names = ("view_registration", "view_people", "manage_places", "check_in")
    grant(EDITORS, DOOR, *(f"registrations.{name}" for name in names))
