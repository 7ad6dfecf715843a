"""Who may see who takes a place."""

from partnership.pages.groups import DOOR, EDITORS, grant


def ensure_groups() -> None:
    """Let editors see the places at their cities' events; can be run at any time."""
    grant(EDITORS, DOOR, "registrations.view_registration", "registrations.view_people")
