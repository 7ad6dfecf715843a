"""Who looks after the bond: editors write down what it rests on, and ask for another status."""

from partnership.pages.groups import DOOR, EDITORS, grant

WORDS = ("add", "change", "delete", "view")
STATUS = ("continuity.add_statuschange", "continuity.view_statuschange")


def ensure_groups() -> None:
    """Let editors keep the instruments of their cities; can be run at any time."""
    grant(EDITORS, DOOR, *STATUS, *(f"continuity.{word}_instrument" for word in WORDS))
