"""Who reads what ambassadors write before it is shown."""

from partnership.pages.groups import DOOR, EDITORS, MODERATORS, grant


def ensure_groups() -> None:
    """Let moderators and editors read and decide; can be run at any time."""
    for group in (MODERATORS, EDITORS):
        grant(group, DOOR, "ambassadors.change_ambassador", "ambassadors.view_ambassador")
