"""Who keeps the words for reasons."""

from partnership.pages.groups import DOOR, EDITORS, MODERATORS, grant

TEMPLATES = tuple(
    f"moderation.{action}_reasontemplate" for action in ("add", "change", "delete", "view")
)


def ensure_groups() -> None:
    """Let moderators and editors write them; can be run at any time."""
    for group in (MODERATORS, EDITORS):
        grant(group, DOOR, *TEMPLATES)
