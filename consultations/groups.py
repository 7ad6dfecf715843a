"""What editors, moderators and analysts may do in consultations."""

from partnership.pages.groups import ANALYSTS, DOOR, EDITORS, MODERATORS, grant

STATEMENTS = tuple(
    f"consultations.{action}_statement" for action in ("add", "change", "delete", "view")
)


def ensure_groups() -> None:
    """Give the groups their part here; takes nothing away, can be run at any time."""
    grant(EDITORS, DOOR, "consultations.enter_paper", *STATEMENTS)
    grant(MODERATORS, DOOR, "consultations.moderate_contribution")
    grant(ANALYSTS, DOOR, "consultations.export_consultation")
