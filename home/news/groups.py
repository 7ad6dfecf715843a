"""Who writes a greeting above the news."""

from partnership.pages.groups import DOOR, EDITORS, grant


def ensure_groups() -> None:
    """Let editors see how many read, and greet them; can be run at any time."""
    grant(EDITORS, DOOR, "news.change_issue", "news.view_issue")
