"""What editors may do with codes."""

from partnership.pages.groups import DOOR, EDITORS, grant


def ensure_groups() -> None:
    """Give the group its part here; takes nothing away, can be run at any time."""
    grant(EDITORS, DOOR, "codes.make_codes")
