"""Who asks people to speak for partners; of which city is asked beside it."""

from partnership.pages.groups import DOOR, EDITORS, grant

WORDS = ("add", "change", "delete", "view")


def ensure_groups() -> None:
    """Let editors keep the voices of their cities' partners; can be run at any time."""
    grant(EDITORS, DOOR, *(f"partner_voices.{word}_partnervoice" for word in WORDS))
