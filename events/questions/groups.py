"""Who may open the questions of an event, and who may take them."""

from partnership.pages.groups import DOOR, EDITORS, MODERATORS, grant

WORDS = ("add", "change", "delete", "view")
QUESTIONS = ("live_questions.change_livequestion", "live_questions.view_livequestion")


def ensure_groups() -> None:
    """Let editors open them, and editors and moderators take them; can be run at any time."""
    grant(EDITORS, DOOR, *(f"live_questions.{word}_questiontime" for word in WORDS), *QUESTIONS)
    grant(MODERATORS, DOOR, *QUESTIONS)
