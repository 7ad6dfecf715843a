"""What somebody translated, for the copy of their own data."""

from consultations.translations.models import Translation
from partnership.people.copies import Held, hold, of_participant


def register() -> None:
    """Tell the translations; whose words they are of is told by a number only."""
    hold(
        Held(
            model=Translation,
            of=of_participant("author"),
            without=("source_digest",),
            told={
                "contribution": lambda own: own.contribution_id,
                "statement": lambda own: own.statement_id,
            },
        )
    )
