"""Why a proposal, or a decision about one, is not carried out, in words for whoever sent it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class SimilarStatements(Refused):
    """Something much like it is there; whoever means something else may send it all the same."""

    code = "similar_statements"
    field = "has_seen_similar"

    def __init__(self, statements: Sequence[Any]) -> None:
        super().__init__(_("Something like it is there already. Look at it before you send yours."))
        self.statements = statements


class TranslationMissing(Refused):
    """A statement that some would have to vote on without being able to read it."""

    code = "translation_missing"

    def __init__(self, *, field: str) -> None:
        super().__init__(_("Write it in this language too: everybody votes on it."), field=field)


class WordsVotedOn(Refused):
    """Other words for a statement that people have voted on already."""

    code = "words_voted_on"

    def __init__(self, *, field: str) -> None:
        super().__init__(_("People have voted on these words: they stay as they are."), field=field)


class NotAnOriginal(Refused):
    """Not a published statement of the same consultation that stands for itself."""

    code = "not_an_original"
    field = "original"

    def __init__(self) -> None:
        super().__init__(_("Choose a published statement that says it for itself."))
